package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeStretchTest extends AugmentationContract {
    @Override
    String name() {
        return "time-stretch";
    }

    @Override
    List<String> refused() {
        return List.of("lowest-rate=0.4", "highest-rate=2.1", "lowest-rate=1.3");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8, 0.93, 1, 1.07, 1.2, 2})
    void changesTheLengthAndKeepsThePitch(double rate) {
        for (double hertz : new double[] {87.3, 121.7, 220, 311.1}) {
            float[] tone = Speech.tone(hertz, 40_123);

            float[] stretched =
                    apply(new TimeStretch(rate, rate), tone, 1).waveform().samples();

            assertThat(stretched.length).isCloseTo((int) (40_123 / rate), within(1));
            assertThat(Speech.pitch(stretched)).isCloseTo(hertz, Percentage.withPercentage(0.5));
            assertThat(Speech.largestJump(stretched)).isLessThan(1.1f * Speech.largestJump(tone));
            assertThat(Speech.rms(stretched)).isCloseTo(0.354, within(0.01));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 0.9, 1.1, 1.2})
    void eventsKeepTheirRelativePlaces(double rate) {
        float[] clip = new float[48_000];
        for (int start : new int[] {0, 10_000, 30_000, 44_800}) { // tones of 0.2 s, the last up to the end
            System.arraycopy(Speech.tone(200, 3_200), 0, clip, start, 3_200);
        }

        float[] stretched =
                apply(new TimeStretch(rate, rate), clip, 1).waveform().samples();

        int slack = 400; // 25 ms: the search, and a fade
        for (int start : new int[] {0, 10_000, 30_000, 44_800}) {
            int from = (int) (start / rate) + slack;
            int to = (int) ((start + 3_200) / rate) - slack;
            assertThat(Speech.rms(stretched, from, to)).isCloseTo(0.354, within(0.03));
        }
        assertThat(Speech.rms(stretched, (int) (13_200 / rate) + slack, (int) (30_000 / rate) - slack))
                .isZero();
        int end = stretched.length;
        assertThat(Speech.rms(stretched, end - slack, end)).isCloseTo(0.354, within(0.05));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 1.2})
    void speechKeepsItsMelodyAndPower(double rate) {
        for (int speaker = 1; speaker <= 6; speaker++) {
            float[] speech = Speech.samples(speaker);
            float[] stretched =
                    apply(new TimeStretch(rate, rate), speech, 1).waveform().samples();

            double change = Speech.median(IntStream.range(1, 90).mapToDouble(part -> {
                int at = part * 500 + 1_024; // the windows' middles lie in proportion
                return Speech.pitch(stretched, (int) (at / rate) - 1_024) / Speech.pitch(speech, at - 1_024);
            }));
            assertThat(change).isCloseTo(1, within(0.01));
            assertThat(Speech.decibels(Speech.rms(stretched) / Speech.rms(speech)))
                    .isCloseTo(0, within(0.5));
        }
    }

    @Test
    void clipsBelowATenthOfASecondAreUnchanged() {
        float[] clip = Arrays.copyOf(Speech.samples(1), 1_599);

        Augmented augmented = apply(augmentation(), clip, 1);

        assertThat(augmented.waveform().samples()).isEqualTo(clip);
        assertThat(augmented.caption()).contains("too short");
    }
}
