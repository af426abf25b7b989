package org.speechemotion.encoder.kernel;

import java.util.Optional;
import java.util.stream.IntStream;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.encoder.transformer.TransformerConfig.ConvolutionNorm;
import org.speechemotion.math.Gemm;
import org.speechemotion.math.Matrix;

/**
 * The convolutional feature extractor, from waveforms to {@code [frames, channels]}. Each layer requests only the rows that
 * it needs next from the layer below, so they stay in the CPU cache and no output of a layer is materialised as a whole.
 */
final class ConvolutionStack implements AutoCloseable {
    /** The number of frames per task; only the length of a clip decides how it is divided. */
    private static final int FRAMES = 128;
    /** The number of rows per product, which is large because BLAS packs the weights for every product. */
    private static final int ROWS = 512;

    private static final int WINDOWS = -1;

    private final ConvolutionLayer[] layers;
    private final Optional<FoldedGroupNorm> groupNorm;

    ConvolutionStack(TransformerConfig config, EncoderTensors tensors) {
        layers = IntStream.range(0, config.convolutions().size())
                .mapToObj(i -> new ConvolutionLayer(config, tensors, i))
                .toArray(ConvolutionLayer[]::new);
        groupNorm = config.convolutionNorm() == ConvolutionNorm.GROUP
                ? Optional.of(new FoldedGroupNorm(tensors, TensorNames.convolution(0), layers[0].shape()))
                : Optional.empty();
    }

    /** @param target {@code [batch.rows(), featureWidth]} */
    void apply(Workspace workspace, PackedBatch batch, Matrix target) {
        First[] firsts = firsts(workspace, batch);
        int[] chunks = new int[batch.clips() + 1];
        for (int clip = 0; clip < batch.clips(); clip++) {
            chunks[clip + 1] = chunks[clip] + (batch.frames(clip) + FRAMES - 1) / FRAMES;
        }
        workspace.workers().run(chunks[batch.clips()], (index, worker) -> {
            int clip = 0;
            while (chunks[clip + 1] <= index) {
                clip++;
            }
            int count = chunks[clip + 1] - chunks[clip];
            Matrix frames = batch.of(clip, target);
            int chunk = index - chunks[clip];
            int from = (int) ((long) frames.rows() * chunk / count);
            int to = (int) ((long) frames.rows() * (chunk + 1) / count);
            compute(layers.length - 1, firsts[clip], from, frames.rows(from, to - from), workspace.scratch(worker));
        });
    }

    @Override
    public void close() {
        for (ConvolutionLayer layer : layers) {
            layer.close();
        }
    }

    /** The first convolution of a clip, with the group norm folded in if there is one. */
    private static final class First {
        final float[] waveform;
        final Matrix weight;
        final Optional<float[]> bias;

        First(float[] waveform, Matrix weight, Optional<float[]> bias) {
            this.waveform = waveform;
            this.weight = weight;
            this.bias = bias;
        }
    }

    private First[] firsts(Workspace workspace, PackedBatch batch) {
        First[] firsts = new First[batch.clips()];
        Matrix weight = layers[0].weight();
        if (groupNorm.isEmpty()) {
            for (int clip = 0; clip < firsts.length; clip++) {
                firsts[clip] = new First(batch.waveform(clip), weight, layers[0].bias());
            }
            return firsts;
        }
        Matrix all = workspace.matrix(Workspace.Shared.FOLDED, firsts.length * weight.rows(), weight.columns());
        workspace.workers().run(firsts.length, (clip, worker) -> {
            Matrix folded = all.rows(clip * weight.rows(), weight.rows());
            float[] bias = groupNorm.get().fold(batch.waveform(clip), folded);
            firsts[clip] = new First(batch.waveform(clip), folded, Optional.of(bias));
        });
        return firsts;
    }

    /** Computes consecutive rows of the output of a layer, starting with row {@code from}. */
    private void compute(int index, First first, int from, Matrix target, Scratch scratch) {
        ConvolutionLayer layer = layers[index];
        int stride = layer.shape().stride();
        for (int done = 0; done < target.rows(); done += ROWS) {
            Matrix part = target.rows(done, Math.min(ROWS, target.rows() - done));
            int start = (from + done) * stride;
            if (index == 0) {
                computeFirst(first, start, part, scratch);
            } else {
                int below = (part.rows() - 1) * stride + layer.shape().kernel();
                Matrix signal = scratch.matrix(index, below, layer.inputs());
                compute(index - 1, first, start, signal, scratch);
                layer.apply(signal, part, scratch);
            }
        }
    }

    /** Copies the windows, because those of a single channel are short and overlap. */
    private void computeFirst(First first, int start, Matrix target, Scratch scratch) {
        int kernel = layers[0].shape().kernel();
        int stride = layers[0].shape().stride();
        Matrix windows = scratch.matrix(WINDOWS, target.rows(), kernel);
        float[] gathered = scratch.array(1, target.rows() * kernel);
        for (int row = 0; row < target.rows(); row++) {
            System.arraycopy(first.waveform, start + row * stride, gathered, row * kernel, kernel);
        }
        windows.memory().put(0, gathered, 0, target.rows() * kernel);
        Gemm.timesTransposed(1, windows, first.weight, 0, target);
        layers[0].finish(first.bias, target, scratch);
    }
}
