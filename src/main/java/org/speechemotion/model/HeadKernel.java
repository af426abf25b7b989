package org.speechemotion.model;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.DropOutInverted;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.math.Exponential;
import org.speechemotion.math.Gelu;
import org.speechemotion.math.Memory;

/**
 * Computes the head of one branch of {@link BranchHeads}. It reads and writes a part of each row, because those of all branches
 * are side by side; a batch of vectors is one of clips of one frame. The random numbers of its dropout come from ND4J's generator
 * of the thread.
 */
final class HeadKernel implements FrameKernel {
    private final Columns input;
    private final Columns output;
    private final double dropout;
    private final LinearKernel hidden;
    private final LinearKernel logits;
    private final Exponential exponential = new Exponential();

    private float[] slopes = {};
    /** The factors of the inputs and of the hidden units, see {@link #factors}. */
    private float[] kept = {};

    private float[] keptHidden = {};

    HeadKernel(int branch, Columns input, int hiddenWidth, Columns output, double dropout) {
        this.input = input;
        this.output = output;
        this.dropout = dropout;
        hidden = new LinearKernel(BranchHeads.hidden(branch), input.width(), hiddenWidth);
        logits = new LinearKernel(BranchHeads.logits(branch), hiddenWidth, output.width());
    }

    /**
     * A part of the columns of a row-major matrix.
     *
     * @param first the first column
     * @param width the number of columns
     * @param all the number of columns of the matrix
     */
    record Columns(int first, int width, int all) {
        float[] read(int rows, Memory matrix) {
            float[] values = new float[rows * width];
            for (int row = 0; row < rows; row++) {
                matrix.get(row * all + first, values, row * width, width);
            }
            return values;
        }

        void write(int rows, float[] values, Memory matrix) {
            for (int row = 0; row < rows; row++) {
                matrix.put(row * all + first, values, row * width, width);
            }
        }
    }

    @Override
    public void forward(Batch batch, Memory input, Map<String, Memory> parameters, Memory output, boolean training) {
        int clips = batch.clips();
        float[] x = this.input.read(clips, input);
        if (training) {
            kept = factors(x.length);
            multiply(x, kept);
        }
        float[] units = hidden.forward(clips, x, parameters);
        if (training) {
            slopes = new float[units.length];
            Gelu.apply(units, slopes, units.length, exponential);
            keptHidden = factors(units.length);
            multiply(units, keptHidden);
        } else {
            Gelu.apply(units, units.length);
        }
        this.output.write(clips, logits.forward(clips, units, parameters), output);
    }

    @Override
    public void backward(
            Batch batch,
            Memory input,
            Map<String, Memory> parameters,
            Memory outputGradient,
            Map<String, Memory> gradients,
            Memory inputGradient) {
        int clips = batch.clips();
        float[] units = logits.backward(clips, output.read(clips, outputGradient), parameters, gradients);
        multiply(units, keptHidden);
        multiply(units, slopes);
        float[] x = hidden.backward(clips, units, parameters, gradients);
        multiply(x, kept);
        this.input.write(clips, x, inputGradient);
    }

    /** Draws 0 for a value that is dropped and 1 / (1 − dropout) for others; returns an empty array if none is dropped. */
    private float[] factors(int count) {
        if (dropout == 0) {
            return new float[0];
        }
        INDArray factors = Nd4j.ones(DataType.FLOAT, count);
        Nd4j.getExecutioner().exec(new DropOutInverted(factors, factors, 1 - dropout));
        return factors.data().asFloat();
    }

    private static void multiply(float[] values, float[] factors) {
        for (int i = 0; i < factors.length; i++) {
            values[i] *= factors[i];
        }
    }
}
