package org.speechemotion.encoder.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The mask of the valid frames of a batch, and operations that depend on the shape of the batch only. Frames are the rows
 * of a matrix.
 *
 * <p>Every variable is defined on demand, because DL4J rejects unused variables.
 */
final class FrameMask {
    /** Subtracted from the score of a padded key, whose weight is then exactly 0. */
    private static final double MASKED_SCORE = 1e9;

    private final SameDiff graph;
    private final SDVariable mask;

    /** @param mask {@code [batch, time]}, 1 for valid frames and 0 for padding */
    FrameMask(SameDiff graph, SDVariable mask) {
        this.graph = graph;
        this.mask = mask;
    }

    /** Returns the mask, {@code [batch, time]}. */
    SDVariable mask() {
        return mask;
    }

    /** Returns ones, {@code [batch · time, 1]}. */
    SDVariable ones() {
        return graph.onesLike(column());
    }

    /** Returns ones, {@code [1, time]}. */
    SDVariable onesOverTime() {
        return graph.fill(graph.concat(0, sizes(1), time()), DataType.FLOAT, 1);
    }

    /** Returns ones, {@code [batch, 1]}. */
    SDVariable onesOverBatch() {
        return graph.fill(graph.concat(0, batch(), sizes(1)), DataType.FLOAT, 1);
    }

    /** Reshapes {@code [batch, time, width]} to {@code [batch · time, width]}. */
    SDVariable rows(SDVariable frames, long width) {
        return graph.reshape(frames, -1, width);
    }

    /** Reshapes {@code [batch · time, product of sizes]} to {@code [batch, time, sizes…]}. */
    SDVariable unfold(SDVariable rows, long... sizes) {
        return graph.reshape(rows, graph.concat(0, graph.shape(mask), sizes(sizes)));
    }

    /** Sets the invalid rows of {@code [batch · time, width]} to zero. */
    SDVariable masked(SDVariable rows, long width) {
        return rows.mul(column().mmul(graph.constant(Nd4j.ones(DataType.FLOAT, 1, width))));
    }

    /** Returns the bias that masks padding in attention scores, {@code [batch, heads, time, time]}. */
    SDVariable attentionMask(int heads) {
        SDVariable queries = graph.concat(0, batch(), sizes(heads), time(), sizes(1));
        SDVariable keys = graph.concat(0, batch(), sizes(1, 1), time());
        SDVariable zeroOrFar = graph.reshape(mask.sub(1.0).mul(MASKED_SCORE), keys);
        return graph.fill(queries, DataType.FLOAT, 0).add(zeroOrFar);
    }

    /** Returns the size of the batch, {@code [1]}. */
    SDVariable batch() {
        return graph.stridedSlice(graph.shape(mask), new long[] {0}, new long[] {1}, 1);
    }

    /** Returns the number of frames, {@code [1]}. */
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
