package org.speechemotion.encoder.graph;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Functions that are composed of elementary SameDiff operations, because those of ND4J 1.0.0-M2.1 are wrong: {@code gelu}
 * is the sigmoid approximation, {@code preciseGelu} is imprecise, and {@code layerNorm} ignores epsilon.
 *
 * <p>A product with ones repeats values along an axis, because the gradient of a broadcast product in ND4J is many times
 * slower than that of a matrix product.
 */
public final class GraphMath {
    private GraphMath() {}

    /** Computes the exact GELU, x · Φ(x), by the error function (Hendrycks and Gimpel, arXiv 1606.08415). */
    public static SDVariable gelu(SameDiff graph, SDVariable x) {
        SDVariable twicePhi = graph.math().erf(x.mul(Math.sqrt(0.5))).add(1.0);
        return x.mul(0.5).mul(twicePhi);
    }

    /**
     * Normalises over the last axis (Ba, Kiros and Hinton, arXiv 1607.06450), without gain and bias.
     *
     * @param x {@code [rows, width]}
     * @param epsilon the value that is added to the variance
     */
    public static SDVariable layerNorm(SameDiff graph, SDVariable x, long width, double epsilon) {
        SDVariable averaging = graph.constant(Nd4j.valueArrayOf(new long[] {width, 1}, 1.0 / width, DataType.FLOAT));
        SDVariable ones = graph.constant(Nd4j.ones(DataType.FLOAT, 1, width));
        SDVariable centred = x.sub(x.mmul(averaging).mmul(ones));
        SDVariable variance = centred.mul(centred).mmul(averaging);
        return centred.mul(graph.math().rsqrt(variance.add(epsilon)).mmul(ones));
    }

    /**
     * Sets masked frames to zero.
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
     * Slices the second axis with a stride.
     *
     * @param x a tensor of two or more axes
     * @param begin the first position
     * @param end the position after the last one; 0 and negative values count from the end of the axis
     */
    public static SDVariable slice(SameDiff graph, SDVariable x, int rank, long begin, long end, long stride) {
        long[] begins = new long[rank];
        long[] ends = new long[rank];
        long[] strides = new long[rank];
        Arrays.fill(strides, 1);
        begins[1] = begin;
        ends[1] = end;
        strides[1] = stride;
        // Each bit of the end mask extends the slice to the end of an axis.
        int whole = (1 << rank) - 1;
        return graph.stridedSlice(x, begins, ends, strides, 0, end == 0 ? whole : whole & ~0b10, 0, 0, 0);
    }
}
