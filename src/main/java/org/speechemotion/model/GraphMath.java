package org.speechemotion.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Functions composed from elementary SameDiff ops, because the built-in ones of ND4J 1.0.0-M2.1 are wrong: its
 * {@code gelu} is the sigmoid approximation, its {@code preciseGelu} is off, and its {@code layerNorm} ignores epsilon.
 */
final class GraphMath {
    private static final double LAYER_NORM_EPSILON = 1e-5;

    private GraphMath() {}

    /** The exact GELU, x · Φ(x), by the error function (Hendrycks and Gimpel, arXiv 1606.08415). */
    static SDVariable gelu(SameDiff graph, SDVariable x) {
        SDVariable twicePhi = graph.math().erf(x.mul(Math.sqrt(0.5))).add(1.0);
        return x.mul(0.5).mul(twicePhi);
    }

    /**
     * Layer normalisation over the last axis (Ba, Kiros and Hinton, arXiv 1607.06450), without gain and bias.
     *
     * <p>Means are taken by a product with a constant matrix, which spreads them over the row again at no cost: ND4J's
     * gradients of broadcast products are many times slower than the product of two matrices.
     *
     * @param x {@code [rows, width]}
     */
    static SDVariable layerNorm(SameDiff graph, SDVariable x, long width) {
        SDVariable averaging =
                graph.constant(Nd4j.valueArrayOf(new long[] {width, width}, 1.0 / width, DataType.FLOAT));
        SDVariable centred = x.sub(x.mmul(averaging));
        SDVariable variance = centred.mul(centred).mmul(averaging);
        return centred.mul(graph.math().rsqrt(variance.add(LAYER_NORM_EPSILON)));
    }

    /**
     * Zeroes the frames that the mask leaves out.
     *
     * @param frames {@code [batch, time, width]}
     * @param mask {@code [batch, time]}
     */
    static SDVariable masked(SameDiff graph, SDVariable frames, SDVariable mask, long width) {
        SDVariable ones = graph.constant(Nd4j.ones(DataType.FLOAT, 1, width));
        SDVariable spread = graph.reshape(graph.reshape(mask, -1, 1).mmul(ones), graph.shape(frames));
        return frames.mul(spread);
    }
}
