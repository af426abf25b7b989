package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.encoder.Frames;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.settings.Settings;

class MixupTest {
    private static final int COUNT = 20_000;

    /** Variance 1 / (4 (2α + 1)); shares below 0.1 by scipy.stats.beta.cdf(0.1, α, α), and for α = 1/2 by arcsine. */
    @ParameterizedTest
    @CsvSource({"0.01, 0.48920", "0.2, 0.33669", "0.5, 0.20483", "1, 0.1", "2, 0.028", "4, 0.002728"})
    void sharesAreBetaDistributed(double alpha, double belowATenth) {
        Mixup mixup = new Mixup(alpha);
        KeyedRandom random = new KeyedRandom(1, "mixup");
        double[] drawn =
                DoubleStream.generate(() -> mixup.draw(random)).limit(COUNT).toArray();

        double variance = 1 / (4 * (2 * alpha + 1));
        double error = Math.sqrt(belowATenth * (1 - belowATenth) / COUNT);
        assertThat(DoubleStream.of(drawn)).allMatch(share -> share >= 0 && share <= 1);
        assertThat(DoubleStream.of(drawn).average().orElseThrow())
                .isCloseTo(0.5, within(4 * Math.sqrt(variance / COUNT)));
        assertThat(DoubleStream.of(drawn)
                        .map(x -> (x - 0.5) * (x - 0.5))
                        .average()
                        .orElseThrow())
                .isCloseTo(variance, within(0.02 * variance + 0.002));
        assertThat(DoubleStream.of(drawn).filter(x -> x < 0.1).count() / (double) COUNT)
                .isCloseTo(belowATenth, within(4 * error));
    }

    @Test
    void zeroIsOff() {
        Mixup off = Settings.load(List.of(), List.of()).bind("augmentation.mixup", Mixup.class);

        assertThat(off.isOn()).isFalse();
        assertThat(off.draw(new KeyedRandom(1))).isEqualTo(1);
        assertThat(new Mixup(0.2).isOn()).isTrue();
        assertThatThrownBy(() -> new Mixup(-1)).hasMessage("augmentation.mixup.alpha is -1.0; allowed: 0.0 to 4.0");
        assertThatThrownBy(() -> new Mixup(4.1)).hasMessageContaining("augmentation.mixup.alpha");
    }

    @Test
    void theShorterClipIsPaddedWithZeros() {
        Frames shorter = new Frames(new float[] {1, 2}, 1, 2);
        Frames longer = new Frames(new float[] {10, 20, 30, 40}, 2, 2);

        assertThat(Mixup.mix(shorter, longer, 0.25)).isEqualTo(new Frames(new float[] {7.75f, 15.5f, 22.5f, 30}, 2, 2));
        assertThat(Mixup.mix(longer, shorter, 0.75)).isEqualTo(new Frames(new float[] {7.75f, 15.5f, 22.5f, 30}, 2, 2));
        assertThatThrownBy(() -> Mixup.mix(shorter, new Frames(new float[3], 1, 3), 0.5))
                .hasMessage("cannot mix frames of width 2 with frames of width 3");
        assertThatThrownBy(() -> Mixup.mix(shorter, longer, 1.5)).hasMessageContaining("lambda is 1.5");
    }
}
