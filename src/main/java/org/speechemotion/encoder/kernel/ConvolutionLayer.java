package org.speechemotion.encoder.kernel;

import java.util.Optional;
import org.speechemotion.encoder.transformer.Activation;
import org.speechemotion.encoder.transformer.ConvolutionShape;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.encoder.transformer.TransformerConfig.ConvolutionNorm;
import org.speechemotion.math.Gemm;
import org.speechemotion.math.Matrix;
import org.speechemotion.math.Memory;

/** Computes one convolution of the feature extractor with its normalisation and activation. */
final class ConvolutionLayer implements AutoCloseable {
    /** The epsilon of the feature extractor; {@code layer_norm_eps} applies to the transformer only. */
    private static final double EPSILON = 1e-5;

    private final ConvolutionShape shape;
    private final int inputs;
    private final Matrix weight;
    private final Optional<float[]> bias;
    private final Optional<LayerNorm> norm;
    private final Activation activation;

    ConvolutionLayer(TransformerConfig config, EncoderTensors tensors, int index) {
        String name = TensorNames.convolution(index);
        shape = config.convolutions().get(index);
        inputs = index == 0 ? 1 : config.convolutions().get(index - 1).width();
        int window = shape.kernel() * inputs;
        weight = Matrix.of(
                Memory.of(byTime(tensors.read(name + ".conv.weight"), shape.width(), inputs, shape.kernel())),
                shape.width(),
                window);
        bias = config.convolutionBias() ? Optional.of(tensors.read(name + ".conv.bias")) : Optional.empty();
        norm = config.convolutionNorm() == ConvolutionNorm.LAYER
                ? Optional.of(new LayerNorm(tensors, name + ".layer_norm", EPSILON))
                : Optional.empty();
        activation = config.convolutionActivation();
    }

    /** Transposes {@code [out, in, kernel]} to {@code [out, kernel, in]}, because a window of a row-major signal is contiguous. */
    static float[] byTime(float[] weight, int outputs, int inputs, int kernel) {
        float[] byTime = new float[weight.length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                for (int k = 0; k < kernel; k++) {
                    byTime[(o * kernel + k) * inputs + i] = weight[(o * inputs + i) * kernel + k];
                }
            }
        }
        return byTime;
    }

    ConvolutionShape shape() {
        return shape;
    }

    int inputs() {
        return inputs;
    }

    /** Returns the weight, {@code [out, kernel · in]}. */
    Matrix weight() {
        return weight;
    }

    Optional<float[]> bias() {
        return bias;
    }

    /**
     * Convolves a row-major signal without copying its windows. The windows start one stride apart. The taps within a
     * stride do not overlap and form a matrix; a kernel that is longer than the stride adds the product of each further one.
     *
     * @param signal {@code [(rows − 1) · stride + kernel, in]}
     * @param target {@code [rows, out]}
     */
    void apply(Matrix signal, Matrix target, Scratch scratch) {
        int apart = shape.stride() * inputs;
        for (int tap = 0; tap < shape.kernel(); tap += shape.stride()) {
            int columns = Math.min(shape.stride(), shape.kernel() - tap) * inputs;
            Matrix windows = new Matrix(signal.memory(), signal.start() + tap * inputs, target.rows(), columns, apart);
            Gemm.timesTransposed(1, windows, weight.columns(tap * inputs, columns), tap == 0 ? 0 : 1, target);
        }
        finish(bias, target, scratch);
    }

    /** Adds the bias, normalises and applies the activation in place. */
    void finish(Optional<float[]> shift, Matrix target, Scratch scratch) {
        float[] row = scratch.array(0, target.columns());
        for (int i = 0; i < target.rows(); i++) {
            target.get(i, row);
            if (shift.isPresent()) {
                Pointwise.add(row, shift.get(), target.columns());
            }
            if (norm.isPresent()) {
                norm.get().apply(row);
            }
            Pointwise.activate(activation, row, target.columns());
            target.put(i, row);
        }
    }

    @Override
    public void close() {
        weight.memory().close();
    }
}
