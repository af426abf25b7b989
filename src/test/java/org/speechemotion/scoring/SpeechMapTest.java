package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.speechemotion.acoustics.FrameLevels;
import org.speechemotion.random.KeyedRandom;

/** Tests {@link FrameLevels} and {@link SpeechMap} at 8 kHz with segments of 2.5 s and 9 dB. */
class SpeechMapTest {
    private static final int RATE = 8000;
    private static final int HOP = RATE * 5 / 2;

    @Test
    void aLevelIsTheVarianceInDecibels() {
        // The mean square of a sine of amplitude 0.1 is 0.005: -23.01 dB. 100 Hz: a period in each frame.
        FrameLevels levels = levels(RATE, i -> 0.3 + 0.1 * Math.sin(2 * Math.PI * 100 * i / RATE));
        assertThat(levels.floor()).isCloseTo(-23.01, within(0.01));
        assertThat(levels.shareAbove(-23.02, 0, RATE)).isEqualTo(1);
        assertThat(levels.shareAbove(-23.00, 0, RATE)).isZero();
    }

    @Test
    void theFloorIsTheTenthPercentile() {
        // Frame k of 100 has the amplitude of -k dB from 0.1 on; frames 90 to 99 are the quietest tenth.
        FrameLevels levels = levels(RATE, i -> {
            int frame = i / 80;
            return 0.1 * Math.pow(10, -(frame % 50) / 20.0) * Math.sin(2 * Math.PI * 100 * i / RATE);
        });
        assertThat(levels.floor()).isCloseTo(-23.01 - 45, within(0.6));
    }

    @Test
    void aMutedLineDoesNotHideTheNoise() {
        KeyedRandom random = new KeyedRandom(5);
        // Noise at -40 dB for 5 s, then 20 s of zeros. The level of 80 samples of noise deviates by 4.34 * sqrt(2 / 80)
        // dB, and a tenth is 1.28 deviations below.
        FrameLevels levels = levels(25 * RATE, i -> i < 5 * RATE ? 0.01 * random.nextGaussian() : 0);
        assertThat(levels.floor()).isCloseTo(-40.9, within(0.3));
        assertThat(map(levels, 25 * RATE)).isEqualTo("..........");
    }

    @Test
    void pausesAreSilenceAndSpeechIsNot() {
        FrameLevels levels = levels(20 * RATE, SpeechMapTest::talkFrom5To12);
        assertThat(map(levels, 20 * RATE)).isEqualTo("..###...");
    }

    @Test
    void uninterruptedTalkIsSpeech() {
        // Syllables, four in a second, whose level falls by 40 dB between them.
        FrameLevels levels = levels(20 * RATE, SpeechMapTest::syllables);
        assertThat(map(levels, 20 * RATE)).isEqualTo("########");
    }

    @Test
    void steadySoundIsNoSpeech() {
        KeyedRandom random = new KeyedRandom(6);
        assertThat(map(levels(20 * RATE, i -> 0.1 * random.nextGaussian()), 20 * RATE))
                .isEqualTo("........");
        assertThat(map(levels(20 * RATE, i -> 0.5 * Math.sin(i)), 20 * RATE)).isEqualTo("........");
        assertThat(map(levels(20 * RATE, i -> 0), 20 * RATE)).isEqualTo("........");
        assertThat(map(levels(20 * RATE, i -> 0.25), 20 * RATE)).isEqualTo("........");
    }

    @Test
    void aClickIsNoSpeech() {
        FrameLevels levels = levels(20 * RATE, i -> i / 80 == 700 ? 0.9 * Math.sin(i) : 0.001 * Math.sin(i));
        assertThat(map(levels, 20 * RATE)).isEqualTo("........");
    }

    @Test
    void shortRemaindersJoinASegment() {
        assertThat(map(levels(20 * RATE, SpeechMapTest::syllables), 6 * RATE)).isEqualTo("##");
        SpeechMap longer = SpeechMap.of(levels(6 * RATE, SpeechMapTest::syllables), 6 * RATE, HOP, 9);
        assertThat(longer.ranges().get(1).end()).isEqualTo(6 * RATE);
        assertThat(map(levels(20 * RATE, SpeechMapTest::syllables), 6 * RATE + RATE / 4))
                .isEqualTo("###");
    }

    @Test
    void oneWindowIsSpeechUnlessItIsDigitallySilent() {
        assertThat(SpeechMap.ofOne(levels(RATE, i -> 0.01), RATE).speech(0)).isFalse();
        // Two steps of 16 bits: -85 dB. Five: -77 dB.
        assertThat(SpeechMap.ofOne(levels(RATE, i -> 2 / 32768.0 * Math.sin(i)), RATE)
                        .speech(0))
                .isFalse();
        assertThat(SpeechMap.ofOne(levels(RATE, i -> 5 / 32768.0 * Math.sin(i)), RATE)
                        .speech(0))
                .isTrue();
        assertThat(SpeechMap.ofOne(levels(30, i -> 0.1 * Math.sin(i)), 30).speech(0))
                .as("less than a frame")
                .isTrue();
    }

    private static double talkFrom5To12(int i) {
        double noise = 0.001 * Math.sin(i * 2.1);
        return i >= 5 * RATE && i < 12 * RATE ? syllables(i) + noise : noise;
    }

    private static double syllables(int i) {
        double within = (double) (i % (RATE / 4)) / (RATE / 4);
        return 0.3 * Math.pow(10, -2 * within) * Math.sin(2 * Math.PI * 200 * i / RATE);
    }

    private static FrameLevels levels(int length, IntToDoubleFunction signal) {
        FrameLevels levels = new FrameLevels(RATE);
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) signal.applyAsDouble(i);
        }
        levels.accept(samples, length);
        levels.finish();
        return levels;
    }

    private static String map(FrameLevels levels, int length) {
        SpeechMap map = SpeechMap.of(levels, length, HOP, 9);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < map.ranges().size(); i++) {
            text.append(map.speech(i) ? '#' : '.');
        }
        return text.toString();
    }
}
