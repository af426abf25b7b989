package org.speechemotion.encoder.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Which frames of a batch are valid, and what follows from the batch's shape alone. Frames are rows of a matrix.
 *
 * <p>Everything is defined when it is asked for: DL4J wants no variable that nothing uses.
 */
final class FrameMask {
    /** Added to the score of a key that is padding: its weight is exactly 0 then. */
    private static final double MASKED_SCORE = 1e9;

    private final SameDiff graph;
    private final SDVariable mask;

    /** Of a mask {@code [batch, time]} that is 1 for valid frames, 0 for others. */
    FrameMask(SameDiff graph, SDVariable mask) {
        this.graph = graph;
        this.mask = mask;
    }

    /** {@code [batch, time]}. */
    SDVariable mask() {
        return mask;
    }

    /** {@code [batch · time, 1]}. */
    SDVariable ones() {
        return graph.onesLike(column());
    }

    /** {@code [1, time]} of ones. */
    SDVariable onesOverTime() {
        return graph.fill(graph.concat(0, sizes(1), time()), DataType.FLOAT, 1);
    }

    /** {@code [batch, 1]} of ones. */
    SDVariable onesOverBatch() {
        return graph.fill(graph.concat(0, batch(), sizes(1)), DataType.FLOAT, 1);
    }

    /** {@code [batch, time, width] → [batch · time, width]}. */
    SDVariable rows(SDVariable frames, long width) {
        return graph.reshape(frames, -1, width);
    }

    /** {@code [batch · time, product of sizes] → [batch, time, sizes…]}. */
    SDVariable unfold(SDVariable rows, long... sizes) {
        return graph.reshape(rows, graph.concat(0, graph.shape(mask), sizes(sizes)));
    }

    /** Rows {@code [batch · time, width]} with those that are not valid as zeros. */
    SDVariable masked(SDVariable rows, long width) {
        return rows.mul(column().mmul(graph.constant(Nd4j.ones(DataType.FLOAT, 1, width))));
    }

    /** What keeps attention from padding, to be added to its scores: {@code [batch, heads, time, time]}. */
    SDVariable attentionMask(int heads) {
        SDVariable queries = graph.concat(0, batch(), sizes(heads), time(), sizes(1));
        SDVariable keys = graph.concat(0, batch(), sizes(1, 1), time());
        SDVariable zeroOrFar = graph.reshape(mask.sub(1.0).mul(MASKED_SCORE), keys);
        return graph.fill(queries, DataType.FLOAT, 0).add(zeroOrFar);
    }

    /** {@code [1]}. */
    SDVariable batch() {
        return graph.stridedSlice(graph.shape(mask), new long[] {0}, new long[] {1}, 1);
    }

    /** {@code [1]}. */
    SDVariable time() {
        return graph.stridedSlice(graph.shape(mask), new long[] {1}, new long[] {2}, 1);
    }

    private SDVariable column() {
        return graph.reshape(mask, -1, 1);
    }

    SDVariable sizes(long... sizes) {
        return graph.constant(Nd4j.createFromArray(sizes));
    }
}
