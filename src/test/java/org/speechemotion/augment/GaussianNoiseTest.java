package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GaussianNoiseTest extends AugmentationContract {
    private static final int COUNT = 100_000;

    @Override
    String name() {
        return "gaussian-noise";
    }

    @Override
    List<String> refused() {
        return List.of("lowest-sigma=-0.1", "highest-sigma=1.1", "lowest-sigma=0.5");
    }

    @Test
    void hasTheStandardDeviationAndTheTabulatedShares() {
        float[] noise = apply(new GaussianNoise(0.01, 0.01), new float[COUNT], 1)
                .waveform()
                .samples();

        assertThat(Speech.rms(noise)).isCloseTo(0.01, within(4 * 0.01 / Math.sqrt(2 * COUNT)));
        assertThat(share(noise, 0.01)).isCloseTo(0.6827, within(0.006));
        assertThat(share(noise, 0.02)).isCloseTo(0.9545, within(0.003));
        assertThat(share(noise, 0.03)).isCloseTo(0.9973, within(0.0007));
    }

    @Test
    void isWhite() {
        float[] noise =
                apply(new GaussianNoise(1, 1), new float[COUNT], 2).waveform().samples();

        for (int lag = 1; lag < 4; lag++) {
            double product = 0;
            for (int i = lag; i < COUNT; i++) {
                product += noise[i] * noise[i - lag];
            }
            assertThat(product / COUNT).isCloseTo(0, within(4 / Math.sqrt(COUNT)));
        }
    }

    private static double share(float[] noise, double limit) {
        int inside = 0;
        for (float sample : noise) {
            inside += Math.abs(sample) < limit ? 1 : 0;
        }
        return inside / (double) COUNT;
    }
}
