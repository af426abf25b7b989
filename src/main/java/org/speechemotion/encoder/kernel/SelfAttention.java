package org.speechemotion.encoder.kernel;

import java.util.Optional;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.math.Gemm;
import org.speechemotion.math.Matrix;
import org.speechemotion.math.Softmax;

/**
 * Multi-head self-attention (Vaswani et al., arXiv 1706.03762) within each clip, without the output projection. Queries are
 * processed in blocks, so memory grows linearly with the frames of a clip.
 */
final class SelfAttention implements AutoCloseable {
    private static final int QUERIES = 256;
    /** The number of scores per softmax call, which fits into the first-level cache. */
    private static final int VALUES = 2048;

    private static final int SCORES = 0;

    private final int heads;
    private final int headWidth;
    private final Linear projection;
    private final Optional<PositionGate> gate;

    SelfAttention(TransformerConfig config, EncoderTensors tensors, String layer) {
        heads = config.heads();
        headWidth = config.headWidth();
        projection = new Linear(concatenated(tensors, layer, ".weight"), concatenated(tensors, layer, ".bias"));
        gate = config.relativePosition().map(position -> new PositionGate(config, tensors, layer));
    }

    /**
     * Computes the attention.
     *
     * @param x {@code [batch.rows(), width]} without gaps
     * @param biases the result of {@link RelativePositionBias#byDistance} for the longest clip, if the model has it
     * @param context the array for the result, {@code [batch.rows(), width]}
     */
    void apply(Workspace workspace, PackedBatch batch, Matrix x, Optional<float[][]> biases, Matrix context) {
        Optional<Matrix> gates = gate.map(part -> part.apply(workspace, x));
        Matrix projected = workspace.matrix(Workspace.Shared.PROJECTED, x.rows(), projection.outputs());
        projection.apply(workspace, x, Optional.empty(), projected);
        int blocks = (batch.maxFrames() + QUERIES - 1) / QUERIES;
        workspace.workers().run(batch.clips() * heads * blocks, (index, worker) -> {
            int clip = index / (heads * blocks);
            int head = index / blocks % heads;
            int from = index % blocks * QUERIES;
            if (from < batch.frames(clip)) {
                Scratch scratch = workspace.scratch(worker);
                Matrix all = batch.of(clip, projected);
                Matrix scores = scores(all, head, from, scratch);
                gates.ifPresent(of -> {
                    Matrix ofHead = new Matrix(
                            of.memory(),
                            ((batch.start(clip) + from) * heads + head) * of.stride(),
                            scores.rows(),
                            1,
                            heads * of.stride());
                    addBias(scores, from, biases.orElseThrow()[head], ofHead, scratch);
                });
                softmax(scores, scratch);
                Matrix target =
                        batch.of(clip, context).rows(from, scores.rows()).columns(head * headWidth, headWidth);
                Gemm.times(scores, all.columns((2 * heads + head) * headWidth, headWidth), target);
            }
        });
    }

    @Override
    public void close() {
        projection.close();
        gate.ifPresent(PositionGate::close);
    }

    private Matrix scores(Matrix clip, int head, int from, Scratch scratch) {
        int count = Math.min(QUERIES, clip.rows() - from);
        Matrix queries = clip.rows(from, count).columns(head * headWidth, headWidth);
        Matrix keys = clip.columns((heads + head) * headWidth, headWidth);
        Matrix scores = scratch.matrix(SCORES, count, clip.rows());
        Gemm.timesTransposed((float) (1 / Math.sqrt(headWidth)), queries, keys, 0, scores);
        return scores;
    }

    private static void softmax(Matrix scores, Scratch scratch) {
        int columns = scores.columns();
        int rows = Math.max(1, VALUES / columns);
        float[] block = scratch.array(0, rows * columns);
        for (int from = 0; from < scores.rows(); from += rows) {
            int count = Math.min(rows, scores.rows() - from);
            scores.memory().get(scores.start() + from * columns, block, 0, count * columns);
            Softmax.apply(block, count, columns, scratch.exponential());
            scores.memory().put(scores.start() + from * columns, block, 0, count * columns);
        }
    }

    private static void addBias(Matrix scores, int from, float[] bias, Matrix gates, Scratch scratch) {
        float[] values = scratch.array(0, scores.columns());
        float[] gate = scratch.array(1, 1);
        for (int row = 0; row < scores.rows(); row++) {
            scores.get(row, values);
            gates.get(row, gate);
            addScaled(values, bias, bias.length / 2 - from - row, gate[0], scores.columns());
            scores.put(row, values);
        }
    }

    private static void addScaled(float[] values, float[] bias, int offset, float gate, int count) {
        for (int i = 0; i < count; i++) {
            values[i] += gate * bias[offset + i];
        }
    }

    /** Concatenates the projections of queries, keys and values into one product. */
    private static float[] concatenated(EncoderTensors tensors, String layer, String suffix) {
        float[] query = tensors.read(layer + TensorNames.QUERY + suffix);
        float[] key = tensors.read(layer + TensorNames.KEY + suffix);
        float[] value = tensors.read(layer + TensorNames.VALUE + suffix);
        float[] all = new float[query.length * 3];
        System.arraycopy(query, 0, all, 0, query.length);
        System.arraycopy(key, 0, all, query.length, query.length);
        System.arraycopy(value, 0, all, 2 * query.length, query.length);
        return all;
    }
}
