package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PitchShiftTest extends AugmentationContract {
    @Override
    String name() {
        return "pitch-shift";
    }

    @Override
    List<String> refused() {
        return List.of("lowest-semitones=-13", "highest-semitones=13", "lowest-semitones=5");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-4, -2.3, -0.5, 0.5, 1.7, 4})
    void changesThePitchAndKeepsTheLength(double semitones) {
        for (double hertz : new double[] {87.3, 121.7, 220, 311.1}) {
            float[] clip = harmonics(hertz, 40_000);

            float[] shifted = apply(new PitchShift(semitones, semitones), clip, 1)
                    .waveform()
                    .samples();

            assertThat(shifted).hasSameSizeAs(clip);
            assertThat(Speech.pitch(shifted))
                    .as("%s Hz", hertz)
                    .isCloseTo(hertz * Math.pow(2, semitones / 12), Percentage.withPercentage(0.5));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-4, -1.1, 0.9, 4})
    void thereAreNoClicksAndNoGaps(double semitones) {
        float[] tone = Speech.tone(220, 40_123);

        float[] shifted =
                apply(new PitchShift(semitones, semitones), tone, 1).waveform().samples();

        double ratio = Math.pow(2, semitones / 12);
        assertThat(Speech.largestJump(shifted)).isLessThan((float) (1.1 * ratio * Speech.largestJump(tone)));
        assertThat(Speech.rms(shifted, 0, 400)).isCloseTo(0.354, within(0.05));
        assertThat(Speech.rms(shifted, shifted.length - 400, shifted.length)).isCloseTo(0.354, within(0.05));
    }

    @Test
    void fasterPlayingLetsNothingAlias() {
        float[] high = Speech.tone(7_500, 20_000); // 9450 Hz at 1.26 times the speed

        float[] played = PlaybackRate.play(high, 645, 15_000);

        assertThat(Speech.decibels(Speech.rms(played, 100, 14_900) / Speech.rms(high)))
                .isLessThan(-75);
    }

    @ParameterizedTest
    @ValueSource(ints = {406, 511, 512, 513, 645})
    void playingIsInterpolationOfTheWaveform(int speed) {
        double hertz = 1_234;
        int length = 12_000;

        float[] played = PlaybackRate.play(Speech.tone(hertz, 16_000), speed, length);

        double largest = 0;
        for (int i = 100; i < length; i++) {
            double expected = 0.5 * Math.sin(2 * Math.PI * hertz * i * speed / PlaybackRate.STEPS / RATE);
            largest = Math.max(largest, Math.abs(played[i] - expected));
        }
        assertThat(Speech.decibels(largest / 0.5)).isLessThan(-75);
    }

    /** Falling harmonics, as of a voice. */
    private static float[] harmonics(double hertz, int length) {
        float[] sum = new float[length];
        for (int harmonic = 1; harmonic < 10; harmonic++) {
            float[] tone = Speech.tone(harmonic * hertz, length);
            for (int i = 0; i < length; i++) {
                sum[i] += tone[i] / (2 * harmonic);
            }
        }
        return sum;
    }
}
