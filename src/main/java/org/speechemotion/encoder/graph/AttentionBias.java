package org.speechemotion.encoder.graph;

import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.transformer.RelativePosition;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;

/**
 * The bias {@code [batch, heads, time, time]} of the attention scores: the mask and, in WavLM, the gated relative position
 * bias (Chen et al., arXiv 2110.13900, equations 2 to 7). All layers share the parts that do not depend on their input.
 */
final class AttentionBias {
    /** A bound in frames that no distance reaches, because attention over so many frames does not fit into memory. */
    private static final int MAX_DISTANCE = 1 << 16;

    private final GraphScope scope;
    private final FrameMask mask;
    private final SDVariable attentionMask;
    private final Optional<SDVariable> positions;

    AttentionBias(GraphScope scope, FrameMask mask) {
        this.scope = scope;
        this.mask = mask;
        attentionMask = mask.attentionMask(scope.config().heads());
        positions = scope.config().relativePosition().map(this::positions);
    }

    /**
     * Returns the bias of a layer.
     *
     * @param input the input of the attention, {@code [batch · time, width]}
     * @param prefix the prefix of the parameters of the layer
     */
    SDVariable of(SDVariable input, String prefix) {
        return positions
                .map(bias -> gate(input, prefix).mul(bias).add(attentionMask))
                .orElse(attentionMask);
    }

    /** Returns the gate of each query, repeated for all keys, {@code [batch, heads, time, time]}. */
    private SDVariable gate(SDVariable input, String prefix) {
        SameDiff graph = scope.graph();
        TransformerConfig config = scope.config();
        int heads = config.heads();
        SDVariable projected = scope.linear(graph.reshape(input, -1, config.headWidth()), prefix + TensorNames.GATE);
        SDVariable first = graph.nn().sigmoid(projected.mmul(sumOf(0)));
        SDVariable second = graph.nn().sigmoid(projected.mmul(sumOf(4)));
        SDVariable constant = graph.reshape(scope.parameters().apply(prefix + TensorNames.GATE_SCALE), 1, heads);
        SDVariable scale = mask.ones().mmul(constant);
        SDVariable gate = graph.reshape(first, -1, heads)
                .mul(graph.reshape(second, -1, heads).mul(scale).sub(1.0))
                .add(2.0);
        SDVariable byHead = graph.reshape(graph.permute(mask.unfold(gate, heads), 0, 2, 1), -1, 1);
        return graph.reshape(byHead.mmul(mask.onesOverTime()), graph.shape(attentionMask));
    }

    /** Returns a matrix that sums four of eight columns. */
    private SDVariable sumOf(int first) {
        float[][] sum = new float[8][1];
        IntStream.range(first, first + 4).forEach(i -> sum[i][0] = 1);
        return scope.graph().constant(Nd4j.createFromArray(sum));
    }

    /**
     * Returns the bias before the gate, {@code [batch, heads, time, time]}.
     *
     * <p>It depends only on the distance from query to key. A row of {@code 2 · time} distances, 0, 1, …, −2, −1, is
     * therefore repeated for every query and then reshaped to rows that are one shorter, which shifts each row by one.
     */
    private SDVariable positions(RelativePosition position) {
        SameDiff graph = scope.graph();
        int heads = scope.config().heads();
        SDVariable time = mask.time();
        SDVariable byDistance = buckets(position).mmul(scope.parameters().apply(TensorNames.RELATIVE_POSITION));
        SDVariable row = graph.reshape(graph.permute(byDistance, 1, 0), 1, -1);
        SDVariable twice = time.mul(2);
        SDVariable repeated = graph.reshape(
                graph.permute(mask.onesOverTime(), 1, 0).mmul(row), graph.concat(0, time, mask.sizes(heads), twice));
        SDVariable flat =
                graph.reshape(graph.permute(repeated, 1, 0, 2), graph.concat(0, mask.sizes(heads), time.mul(twice)));
        SDVariable kept =
                graph.slice(flat, mask.sizes(0, 0), graph.concat(0, mask.sizes(heads), time.mul(twice.sub(1))));
        SDVariable moved = graph.reshape(kept, graph.concat(0, mask.sizes(heads), time, twice.sub(1)));
        SDVariable bias = graph.slice(moved, mask.sizes(0, 0, 0), graph.concat(0, mask.sizes(heads), time, time));
        SDVariable spread = mask.onesOverBatch().mmul(graph.reshape(bias, 1, -1));
        return graph.reshape(spread, graph.shape(attentionMask));
    }

    /** Returns the one-hot bucket of each distance 0, 1, …, time − 1, −time, …, −1, {@code [2 · time, buckets]}. */
    private SDVariable buckets(RelativePosition position) {
        SameDiff graph = scope.graph();
        int farthest = Math.min(position.maxDistance(), MAX_DISTANCE);
        int[] table =
                IntStream.rangeClosed(-farthest, farthest).map(position::bucket).toArray();
        SDVariable zero = graph.constant(Nd4j.scalar(0f));
        SDVariable one = graph.constant(Nd4j.scalar(1f));
        SDVariable time = graph.sizeAt(mask.mask(), 1).castTo(DataType.FLOAT);
        SDVariable distances = graph.concat(
                0, graph.range(zero, time, one, DataType.FLOAT), graph.range(time.neg(), zero, one, DataType.FLOAT));
        SDVariable index =
                graph.clipByValue(distances, -farthest, farthest).add(farthest).castTo(DataType.INT32);
        SDVariable bucket = graph.gather(graph.constant(Nd4j.createFromArray(table)), index, 0);
        return graph.oneHot(bucket, position.buckets(), -1, 1.0, 0.0, DataType.FLOAT);
    }
}
