package org.speechemotion.model;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The exact GELU x · Φ(x) by the error function (Hendrycks and Gimpel, arXiv 1606.08415). DL4J's built-in GELU is an
 * approximation.
 */
public final class ExactGelu extends BaseActivationFunction {
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        return in.muli(cumulative(in));
    }

    /** Computes the gradient with d/dx x · Φ(x) = Φ(x) + x · φ(x). */
    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        assertShape(in, epsilon);
        INDArray density = Transforms.exp(in.mul(in).muli(-0.5), false).muli(DENSITY_AT_ZERO);
        INDArray gradient = density.muli(in).addi(cumulative(in)).muli(epsilon);
        return Pair.of(gradient, null);
    }

    private static INDArray cumulative(INDArray x) {
        return Nd4j.exec(new Erf(x.mul(SQRT_HALF))).addi(1).muli(0.5);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExactGelu;
    }

    @Override
    public int hashCode() {
        return ExactGelu.class.hashCode();
    }

    @Override
    public String toString() {
        return "exact-gelu";
    }
}
