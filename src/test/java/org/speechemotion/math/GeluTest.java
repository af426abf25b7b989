package org.speechemotion.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class GeluTest {

    @Test
    void itsDerivativeIsExact() {
        NormalDistribution normal = new NormalDistribution();
        float[] x = new float[4001];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 2000) / 200f;
        }
        float[] values = x.clone();
        float[] slopes = new float[x.length];
        Gelu.apply(values, slopes, x.length, new Exponential());
        for (int i = 0; i < x.length; i++) {
            double cumulative = normal.cumulativeProbability(x[i]);
            assertThat((double) values[i]).as("gelu(%s)", x[i]).isCloseTo(x[i] * cumulative, within(1e-6));
            assertThat((double) slopes[i])
                    .as("gelu'(%s)", x[i])
                    .isCloseTo(cumulative + x[i] * normal.density(x[i]), within(1e-6));
        }
    }

    @Test
    void changesTheFirstValuesOnly() {
        float[] x = {1, 2, 3};
        float[] slopes = {7, 7, 7};
        Gelu.apply(x, slopes, 2, new Exponential());
        assertThat(x[2]).isEqualTo(3);
        assertThat(slopes[2]).isEqualTo(7);
    }
}
