package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairedTestTest {
    /** The values were computed by scipy.stats.permutation_test (permutation_type "samples", all 256 patterns) and inverted by bisection. */
    @Test
    void agreesWithSciPy() {
        PairedTest test = PairedTest.of(new double[] {0.05, 0.02, -0.01, 0.08, 0.03, 0.00, 0.06, -0.02});
        assertThat(test.pairs()).isEqualTo(8);
        assertThat(test.difference()).isCloseTo(0.02625, within(1e-12));
        assertThat(test.pValue()).isEqualTo(0.109375);
        assertThat(test.interval().orElseThrow().low()).isCloseTo(-0.005, within(1e-6));
        assertThat(test.interval().orElseThrow().high()).isCloseTo(0.0566666667, within(1e-6));
    }

    @Test
    void fewSpeakersHaveNoInterval() {
        PairedTest test = PairedTest.of(new double[] {0.1, 0.2, 0.05});
        assertThat(test.pValue()).isEqualTo(0.25);
        assertThat(test.interval()).isEmpty();
        assertThat(PairedTest.of(new double[] {0.5}).pValue()).isEqualTo(1);
    }

    @Test
    void equalSystemsDoNotDiffer() {
        PairedTest test = PairedTest.of(new double[10]);
        assertThat(test.pValue()).isEqualTo(1);
        assertThat(test.interval().orElseThrow().low()).isCloseTo(0, within(1e-9));
        assertThat(test.interval().orElseThrow().high()).isCloseTo(0, within(1e-9));
    }

    @Test
    void theIntervalExcludesZeroWhereTheTestRejects() {
        double[] better = {0.04, 0.05, 0.06, 0.05, 0.04, 0.06};
        PairedTest test = PairedTest.of(better);
        assertThat(test.pValue()).isEqualTo(2.0 / 64);
        assertThat(test.interval().orElseThrow().low()).isPositive();
        double[] worse = Arrays.stream(better).map(one -> -one).toArray();
        assertThat(PairedTest.of(worse).pValue()).isEqualTo(2.0 / 64);
        assertThat(PairedTest.of(worse).interval().orElseThrow().high()).isNegative();
    }

    /** 30 speakers are too many for all patterns; the normal approximation of the exact p-value is 0.045. */
    @Test
    void manySpeakersAreTestedByDraws() {
        double[] differences = new double[30];
        for (int i = 0; i < 30; i++) {
            differences[i] = i % 2 == 0 ? 1.44 : -0.68;
        }
        PairedTest test = PairedTest.of(differences);
        double deviation =
                Math.sqrt(Arrays.stream(differences).map(one -> one * one).sum());
        assertThat(30 * test.difference() / deviation).isCloseTo(1.848, within(0.01));
        assertThat(test.pValue()).isCloseTo(0.0646, within(0.012));
        assertThat(PairedTest.of(differences)).isEqualTo(test);
    }

    @Test
    void withoutSpeakersThereIsNothingToTest() {
        assertThatIllegalArgumentException().isThrownBy(() -> PairedTest.of(new double[0]));
    }
}
