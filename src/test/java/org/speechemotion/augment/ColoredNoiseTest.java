package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.random.KeyedRandom;

class ColoredNoiseTest extends AugmentationContract {
    @Override
    String name() {
        return "colored-noise";
    }

    @Override
    List<String> refused() {
        return List.of(
                "lowest-signal-to-noise=-61",
                "highest-signal-to-noise=-1",
                "lowest-exponent=-3",
                "highest-exponent=2.5",
                "lowest-exponent=2.1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 1, 2})
    void thePowerFallsWithThePowerOfTheFrequency(double exponent) {
        float[] noise = ColoredNoise.noise(64 * RATE, exponent, new KeyedRandom(3));

        double fall = decibels(noise, 250) - decibels(noise, 2_000);
        assertThat(fall).isCloseTo(exponent * 10 * Math.log10(8), within(0.6));
    }

    @Test
    void hasTheSignalToNoiseRatio() {
        float[] speech = Speech.samples(3);

        float[] noisy =
                apply(new ColoredNoise(10, 10, 1, 1), speech, 1).waveform().samples();

        float[] noise = new float[speech.length];
        for (int i = 0; i < speech.length; i++) {
            noise[i] = noisy[i] - speech[i];
        }
        assertThat(Speech.decibels(Speech.rms(speech)) - Speech.decibels(Speech.rms(noise)))
                .isCloseTo(10, within(1e-3));
    }

    /** Returns the mean power of a frequency, in Hz, over blocks of a 16th of a second with a Hann window, in dB. */
    private static double decibels(float[] samples, double hertz) {
        int block = RATE / 16;
        double power = 0;
        for (int start = 0; start + block <= samples.length; start += block) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < block; i++) {
                double angle = 2 * Math.PI * hertz * i / RATE;
                double windowed = samples[start + i] * (1 - Math.cos(2 * Math.PI * i / block));
                real += windowed * Math.cos(angle);
                imaginary += windowed * Math.sin(angle);
            }
            power += real * real + imaginary * imaginary;
        }
        return 10 * Math.log10(power);
    }
}
