package org.speechemotion.encoder.kernel;

import java.util.Optional;
import java.util.stream.IntStream;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.encoder.transformer.TransformerConfig.ConvolutionNorm;

/**
 * The convolutional feature extractor, from waveforms to {@code [frames, channels]}. A layer asks the one below for just
 * the rows that it works on, so that these are still in the cache and no layer's output is ever there as a whole.
 */
final class ConvolutionStack implements AutoCloseable {
    /** Frames of one task; the clip's length alone decides how it is cut. */
    private static final int FRAMES = 128;
    /** Rows that a layer makes at a time: many, since BLAS packs the weights anew each time. */
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
    void apply(Workspace workspace, Batch batch, Matrix target) {
        First[] firsts = firsts(workspace, batch);
        int[] chunks = new int[batch.clips() + 1];
        for (int clip = 0; clip < batch.clips(); clip++) {
            chunks[clip + 1] = chunks[clip] + (batch.frames(clip) + FRAMES - 1) / FRAMES;
        }
        workspace.team().run(chunks[batch.clips()], (index, worker) -> {
            int clip = 0;
            while (chunks[clip + 1] <= index) {
                clip++;
            }
            int count = chunks[clip + 1] - chunks[clip];
            Matrix frames = batch.of(clip, target);
            int chunk = index - chunks[clip];
            int from = (int) ((long) frames.rows() * chunk / count);
            int to = (int) ((long) frames.rows() * (chunk + 1) / count);
            make(layers.length - 1, firsts[clip], from, frames.rows(from, to - from), workspace.scratch(worker));
        });
    }

    @Override
    public void close() {
        for (ConvolutionLayer layer : layers) {
            layer.close();
        }
    }

    /** A clip's first convolution, with the group norm in it if there is one. */
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

    private First[] firsts(Workspace workspace, Batch batch) {
        First[] firsts = new First[batch.clips()];
        Matrix weight = layers[0].weight();
        if (groupNorm.isEmpty()) {
            for (int clip = 0; clip < firsts.length; clip++) {
                firsts[clip] = new First(batch.waveform(clip), weight, layers[0].bias());
            }
            return firsts;
        }
        Matrix all = workspace.matrix(Workspace.Shared.FOLDED, firsts.length * weight.rows(), weight.columns());
        workspace.team().run(firsts.length, (clip, worker) -> {
            Matrix folded = all.rows(clip * weight.rows(), weight.rows());
            float[] bias = groupNorm.get().fold(batch.waveform(clip), folded);
            firsts[clip] = new First(batch.waveform(clip), folded, Optional.of(bias));
        });
        return firsts;
    }

    /** Makes rows of a layer's output, from that row on. */
    private void make(int index, First first, int from, Matrix target, Scratch scratch) {
        ConvolutionLayer layer = layers[index];
        int stride = layer.shape().stride();
        for (int done = 0; done < target.rows(); done += ROWS) {
            Matrix part = target.rows(done, Math.min(ROWS, target.rows() - done));
            int start = (from + done) * stride;
            if (index == 0) {
                makeFirst(first, start, part, scratch);
            } else {
                int below = (part.rows() - 1) * stride + layer.shape().kernel();
                Matrix signal = scratch.matrix(index, below, layer.inputs());
                make(index - 1, first, start, signal, scratch);
                layer.apply(signal, part, scratch);
            }
        }
    }

    /** The windows of one channel are short and overlap: they are copied. */
    private void makeFirst(First first, int start, Matrix target, Scratch scratch) {
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
