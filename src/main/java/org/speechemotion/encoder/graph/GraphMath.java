package org.speechemotion.encoder.graph;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Functions composed from elementary SameDiff ops, because the built-in ones of ND4J 1.0.0-M2.1 are wrong: its
 * {@code gelu} is the sigmoid approximation, its {@code preciseGelu} is off, and its {@code layerNorm} ignores epsilon.
 *
 * <p>Values are spread over an axis by a product with ones: ND4J's gradients of broadcast products are many times slower
 * than those of the product of two matrices.
 */
public final class GraphMath {
    private GraphMath() {}

    /** The exact GELU, x · Φ(x), by the error function (Hendrycks and Gimpel, arXiv 1606.08415). */
    public static SDVariable gelu(SameDiff graph, SDVariable x) {
        SDVariable twicePhi = graph.math().erf(x.mul(Math.sqrt(0.5))).add(1.0);
        return x.mul(0.5).mul(twicePhi);
    }

    /**
     * Layer normalisation over the last axis (Ba, Kiros and Hinton, arXiv 1607.06450), without gain and bias.
     *
     * @param x {@code [rows, width]}
     * @param epsilon added to the variance
     */
    public static SDVariable layerNorm(SameDiff graph, SDVariable x, long width, double epsilon) {
        SDVariable averaging = graph.constant(Nd4j.valueArrayOf(new long[] {width, 1}, 1.0 / width, DataType.FLOAT));
        SDVariable ones = graph.constant(Nd4j.ones(DataType.FLOAT, 1, width));
        SDVariable centred = x.sub(x.mmul(averaging).mmul(ones));
        SDVariable variance = centred.mul(centred).mmul(averaging);
        return centred.mul(graph.math().rsqrt(variance.add(epsilon)).mmul(ones));
    }

    /**
     * Zeroes the frames that the mask leaves out.
     *
     * @param frames {@code [batch, time, width]}
     * @param mask {@code [batch, time]}
     */
    public static SDVariable masked(SameDiff graph, SDVariable frames, SDVariable mask, long width) {
        SDVariable ones = graph.constant(Nd4j.ones(DataType.FLOAT, 1, width));
        SDVariable spread = graph.reshape(graph.reshape(mask, -1, 1).mmul(ones), graph.shape(frames));
        return frames.mul(spread);
    }

    /**
     * A slice of every nth position.
     *
     * @param x of two or more axes; all but the second are taken whole
     * @param begin first position on the second axis
     * @param end behind the last position; 0 or negative counts from the axis's end
     */
    public static SDVariable slice(SameDiff graph, SDVariable x, int rank, long begin, long end, long stride) {
        long[] begins = new long[rank];
        long[] ends = new long[rank];
        long[] strides = new long[rank];
        Arrays.fill(strides, 1);
        begins[1] = begin;
        ends[1] = end;
        strides[1] = stride;
        // Bits of the end mask: on these axes the slice goes to the end.
        int whole = (1 << rank) - 1;
        return graph.stridedSlice(x, begins, ends, strides, 0, end == 0 ? whole : whole & ~0b10, 0, 0, 0);
    }
}
