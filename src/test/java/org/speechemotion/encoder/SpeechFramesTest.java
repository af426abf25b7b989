package org.speechemotion.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpeechFramesTest {
    private static final int RATE = 16_000;

    @Test
    void framesWithinTheMarginAreSpeech() {
        double[] power = power(50, -60, 50, 0, 25, -8, 20, -26, 5, -8, 50, -60);
        int[] speech = SpeechFrames.select(power, 30);
        assertThat(speech[0]).isBetween(46, 50);
        assertThat(speech[speech.length - 1]).isBetween(149, 153);
        assertThat(SpeechFrames.select(power, 0)).hasSize(200);
    }

    @Test
    void noiseInsideTheMarginIsNoSpeech() {
        double[] power = power(100, -25, 50, 0, 50, -12, 100, -25);
        assertThat(SpeechFrames.select(power, 30)).hasSizeBetween(100, 110);
    }

    @Test
    void steadyNoiseBeforeAndAfterTheClipDecidesNothing() {
        double[] clip = power(50, -60, 10, -28, 50, 0, 10, -8, 20, -26, 5, -8, 50, -60);
        int[] speech = SpeechFrames.select(clip, 30);
        for (int noise : new int[] {-14, -22, -29, -31}) {
            double[] longer = concatenation(power(60, noise), clip, power(200, noise + 1));
            assertThat(SpeechFrames.select(longer, 30))
                    .as("noise at %d dB", noise)
                    .isEqualTo(Arrays.stream(speech).map(i -> i + 60).toArray());
        }
    }

    @Test
    void aSteadyVoiceIsSpeech() {
        double[] power = power(60, -8, 50, 0, 60, -10);
        assertThat(SpeechFrames.select(power, 30)).hasSizeGreaterThan(165);
    }

    @Test
    void theGainDoesNotMatter() {
        double[] power = power(50, -60, 50, 0, 50, -20, 50, -28);
        double[] louder = Arrays.stream(power).map(value -> 4096 * value).toArray();
        assertThat(SpeechFrames.select(louder, 30)).isEqualTo(SpeechFrames.select(power, 30));
    }

    @Test
    void digitalSilenceCountsAsSpeech() {
        assertThat(SpeechFrames.select(new double[20], 30)).hasSize(20);
        assertThat(SpeechFrames.trim(new float[RATE], RATE, 30)).hasSize(RATE);
    }

    @Test
    void theEndsAreTrimmedAndPausesStay() {
        SplittableRandom random = new SplittableRandom(1);
        float[] wave = new float[4 * RATE];
        for (int i = 0; i < wave.length; i++) {
            boolean silent = i < RATE || i >= 3 * RATE || i / (RATE / 4) == 7;
            wave[i] = (float) (random.nextGaussian(0, silent ? 0.001 : 0.1) + 0.01);
        }
        float[] trimmed = SpeechFrames.trim(wave, RATE, 30);
        assertThat(trimmed.length).isBetween(2 * RATE, 2 * RATE + RATE / 10);
        assertThat(SpeechFrames.trim(wave, RATE, 0)).isSameAs(wave);
        assertThat(SpeechFrames.trim(new float[] {1}, RATE, 30)).containsExactly(1);
    }

    private static double[] concatenation(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    /** Returns frames from pairs of a number of frames and their level in dB. */
    private static double[] power(int... pairs) {
        return IntStream.range(0, pairs.length / 2)
                .boxed()
                .flatMapToDouble(
                        i -> IntStream.range(0, pairs[2 * i]).mapToDouble(j -> Math.pow(10, pairs[2 * i + 1] / 10.0)))
                .toArray();
    }
}
