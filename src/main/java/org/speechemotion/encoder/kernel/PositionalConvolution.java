package org.speechemotion.encoder.kernel;

import java.util.Arrays;
import org.speechemotion.encoder.transformer.Activation;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.math.Gemm;
import org.speechemotion.math.Matrix;
import org.speechemotion.math.Memory;

/**
 * The positional convolution (Baevski et al., arXiv 2006.11477, section 2): a grouped convolution over many frames that
 * keeps the width. It is zero-padded, and an even kernel drops its last output.
 */
final class PositionalConvolution implements AutoCloseable {
    /** The number of windows that are copied at a time, which is small because they are long. */
    private static final int ROWS = 64;

    private static final int WINDOWS = 0;
    private static final int OUTPUTS = 1;

    private final int kernel;
    private final int groups;
    private final int channels;
    private final Activation activation;
    private final Matrix weight;
    private final float[] bias;

    PositionalConvolution(TransformerConfig config, EncoderTensors tensors) {
        kernel = config.positionKernel();
        groups = config.positionGroups();
        channels = config.width() / groups;
        activation = config.convolutionActivation();
        weight = Matrix.of(
                Memory.of(ConvolutionLayer.byTime(
                        tensors.read(TensorNames.POSITION + ".weight"), config.width(), channels, kernel)),
                config.width(),
                kernel * channels);
        bias = tensors.read(TensorNames.POSITION + ".bias");
    }

    /**
     * Computes x += activation(convolution(x)).
     *
     * @param x {@code [batch.rows(), width]}
     */
    void addTo(Workspace workspace, PackedBatch batch, Matrix x) {
        workspace.workers().run(batch.clips() * groups, (index, worker) -> {
            int group = index % groups;
            Matrix clip = batch.of(index / groups, x).columns(group * channels, channels);
            addTo(clip, group, workspace.scratch(worker));
        });
    }

    @Override
    public void close() {
        weight.memory().close();
    }

    private void addTo(Matrix x, int group, Scratch scratch) {
        float[] padded = padded(x, scratch);
        float[] row = scratch.array(1, channels);
        float[] shift = scratch.array(2, channels);
        float[] convolved = scratch.array(3, channels);
        System.arraycopy(bias, group * channels, shift, 0, channels);
        int window = kernel * channels;
        for (int from = 0; from < x.rows(); from += ROWS) {
            int rows = Math.min(ROWS, x.rows() - from);
            Matrix windows = scratch.matrix(WINDOWS, rows, window);
            for (int i = 0; i < rows; i++) {
                windows.memory().put(i * window, padded, (from + i) * channels, window);
            }
            Matrix outputs = scratch.matrix(OUTPUTS, rows, channels);
            Gemm.timesTransposed(1, windows, weight.rows(group * channels, channels), 0, outputs);
            for (int i = 0; i < rows; i++) {
                outputs.get(i, convolved);
                Pointwise.add(convolved, shift, channels);
                Pointwise.activate(activation, convolved, channels);
                x.get(from + i, row);
                Pointwise.add(row, convolved, channels);
                x.put(from + i, row);
            }
        }
    }

    /** Returns the channels of a group, {@code [rows + kernel - 1, channels]}, padded with zeros. */
    private float[] padded(Matrix x, Scratch scratch) {
        int before = kernel / 2 * channels;
        int length = (x.rows() + kernel - 1) * channels;
        int end = before + x.rows() * channels;
        float[] padded = scratch.array(0, Math.max(length, end));
        Arrays.fill(padded, 0, before, 0);
        for (int row = 0; row < x.rows(); row++) {
            x.memory().get(x.start() + row * x.stride(), padded, before + row * channels, channels);
        }
        if (end < length) {
            Arrays.fill(padded, end, length, 0);
        }
        return padded;
    }
}
