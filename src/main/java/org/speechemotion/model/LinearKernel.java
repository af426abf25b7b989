package org.speechemotion.model;

import java.util.Map;
import org.speechemotion.math.Gemm;
import org.speechemotion.math.Matrix;
import org.speechemotion.math.Memory;

/** A linear layer of {@link BranchHeads}, {@code [rows, in] → [rows, out]}, on heap arrays. */
final class LinearKernel {
    private final String weightName;
    private final String biasName;
    private final int inputWidth;
    private final int outputWidth;
    private Memory input = new Memory(0);
    private Memory inputGradient = new Memory(0);
    private Memory output = new Memory(0);

    /** @param name the start of the names of the parameters */
    LinearKernel(String name, int inputWidth, int outputWidth) {
        weightName = KernelLayer.weight(name);
        biasName = KernelLayer.bias(name);
        this.inputWidth = inputWidth;
        this.outputWidth = outputWidth;
    }

    float[] forward(int rows, float[] x, Map<String, Memory> parameters) {
        input = filled(input, x);
        output = output.grownTo((long) rows * outputWidth);
        Gemm.times(Matrix.of(input, rows, inputWidth), weights(parameters), 0, Matrix.of(output, rows, outputWidth));
        float[] y = new float[rows * outputWidth];
        output.get(0, y, 0, y.length);
        float[] bias = new float[outputWidth];
        parameters.get(biasName).get(0, bias, 0, outputWidth);
        for (int from = 0; from < y.length; from += outputWidth) {
            for (int i = 0; i < outputWidth; i++) {
                y[from + i] += bias[i];
            }
        }
        return y;
    }

    /** Writes the gradients of the parameters, and returns that of the input of the last forward pass. */
    float[] backward(int rows, float[] slope, Map<String, Memory> parameters, Map<String, Memory> gradients) {
        output = filled(output, slope);
        Matrix incoming = Matrix.of(output, rows, outputWidth);
        Gemm.transposedTimes(Matrix.of(input, rows, inputWidth), incoming, weights(gradients));
        float[] biasGradient = new float[outputWidth];
        for (int from = 0; from < slope.length; from += outputWidth) {
            for (int i = 0; i < outputWidth; i++) {
                biasGradient[i] += slope[from + i];
            }
        }
        gradients.get(biasName).put(0, biasGradient, 0, outputWidth);
        inputGradient = inputGradient.grownTo((long) rows * inputWidth);
        Gemm.timesTransposed(incoming, weights(parameters), 0, Matrix.of(inputGradient, rows, inputWidth));
        float[] x = new float[rows * inputWidth];
        inputGradient.get(0, x, 0, x.length);
        return x;
    }

    private Matrix weights(Map<String, Memory> parameters) {
        return Matrix.of(parameters.get(weightName), inputWidth, outputWidth);
    }

    private static Memory filled(Memory memory, float[] values) {
        Memory target = memory.grownTo(values.length);
        target.put(0, values, 0, values.length);
        return target;
    }
}
