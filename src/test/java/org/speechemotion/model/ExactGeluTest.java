package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ExactGeluTest {

    /** Values from tables of the normal distribution: x · Φ(x), and Φ(x) + x · φ(x). */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.5",
        "0.5, 0.34573123, 0.86749606",
        "-0.5, -0.15426877, 0.13250394",
        "1, 0.84134475, 1.08331547",
        "-1, -0.15865525, -0.08331547",
        "2, 1.95449974, 1.08523180",
        "-3, -0.00404969, -0.01194564",
        "40, 40, 1",
        "-40, 0, 0"
    })
    void hasThePublishedValuesAndDerivatives(double x, double value, double derivative) {
        assertThat(value(Nd4j.scalar(DataType.FLOAT, x))).isCloseTo(value, within(2e-6));
        assertThat(derivative(Nd4j.scalar(DataType.FLOAT, x))).isCloseTo(derivative, within(2e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-6, -2.5, -0.75, -1e-3, 0, 0.3, 1.7, 5})
    void theDerivativeIsTheSlope(double x) {
        double step = 1e-5;
        double slope = (value(Nd4j.scalar(DataType.DOUBLE, x + step)) - value(Nd4j.scalar(DataType.DOUBLE, x - step)))
                / (2 * step);
        assertThat(derivative(Nd4j.scalar(DataType.DOUBLE, x))).isCloseTo(slope, within(1e-8));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-2, 0.5})
    void backpropagationAppliesTheChainRule(double epsilon) {
        INDArray x = Nd4j.createFromArray(new double[][] {{0.5, -0.5}, {1, 2}});
        INDArray ones = Nd4j.onesLike(x);
        INDArray scaled = new ExactGelu().backprop(x.dup(), ones.mul(epsilon)).getFirst();
        INDArray derivative = new ExactGelu().backprop(x.dup(), ones.dup()).getFirst();
        assertThat(scaled).isEqualTo(derivative.mul(epsilon));
    }

    private static double value(INDArray x) {
        return new ExactGelu().getActivation(x, true).getDouble(0);
    }

    private static double derivative(INDArray x) {
        return new ExactGelu().backprop(x, Nd4j.onesLike(x)).getFirst().getDouble(0);
    }
}
