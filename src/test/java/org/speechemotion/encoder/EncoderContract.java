package org.speechemotion.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of every encoder; the test of each encoder extends it. */
public abstract class EncoderContract {

    /** Opens the encoder under test. */
    protected abstract Encoder open();

    /** Opens encoders of the same family whose output differs from {@link #open}'s, and from one another's. */
    protected abstract List<Encoder> openOthers();

    /** Returns the tolerance between values of one clip in different batches; 0 unless the arithmetic reorders sums. */
    protected float tolerance() {
        return 0;
    }

    @Test
    void frameCountsAreWithinTheirLimit() {
        try (Encoder encoder = open()) {
            int second = encoder.sampleRate();
            for (int samples : new int[] {1, 2, 79, 399, 400, 401, 559, 560, 561, 1_000, second / 3, second}) {
                Frames frames = encoder.encode(List.of(noise(samples, samples))).get(0);
                assertThat(frames.time()).as("%d samples", samples).isBetween(1, encoder.maxFrames(samples));
                assertThat(frames.width()).isEqualTo(encoder.width());
            }
        }
    }

    @Test
    void framesComeAtTheStatedRate() {
        try (Encoder encoder = open()) {
            int perMinute = encoder.maxFrames(61 * encoder.sampleRate()) - encoder.maxFrames(encoder.sampleRate());
            assertThat(perMinute / 60.0).isCloseTo(encoder.framesPerSecond(), within(0.05));
        }
    }

    @Test
    void aClipsFramesDoNotDependOnItsBatch() {
        try (Encoder encoder = open()) {
            List<float[]> clips = clips(encoder.sampleRate());
            List<Frames> together = encoder.encode(clips);
            assertThat(together).hasSameSizeAs(clips);
            for (int i = 0; i < clips.size(); i++) {
                Frames alone = encoder.encode(List.of(clips.get(i))).get(0);
                assertThat(together.get(i).values())
                        .as("clip %d", i)
                        .containsExactly(alone.values(), within(tolerance()));
            }
        }
    }

    @Test
    void twoEncodersOfTheSameSettingsAgree() {
        try (Encoder one = open();
                Encoder other = open()) {
            List<float[]> clips = clips(one.sampleRate());
            assertThat(one.encode(clips)).isEqualTo(one.encode(clips)).isEqualTo(other.encode(clips));
            assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
        }
    }

    @Test
    void waveformsAreLeftUntouched() {
        try (Encoder encoder = open()) {
            List<float[]> clips = clips(encoder.sampleRate());
            List<float[]> copies = clips.stream().map(float[]::clone).toList();
            encoder.encode(clips);
            assertThat(clips).usingRecursiveComparison().isEqualTo(copies);
        }
    }

    @Test
    void silenceAndImpulsesGiveFiniteFrames() {
        try (Encoder encoder = open()) {
            float[] impulse = new float[encoder.sampleRate() / 4];
            impulse[0] = 1;
            float[] constant = new float[encoder.sampleRate() / 4];
            Arrays.fill(constant, -1);
            List<float[]> clips =
                    List.of(new float[encoder.sampleRate() / 4], impulse, constant, new float[] {1}, new float[] {0});
            for (Frames frames : encoder.encode(clips)) {
                for (float value : frames.values()) {
                    assertThat(value).isFinite();
                }
            }
        }
    }

    @Test
    void aClipWithoutSamplesIsRefused() {
        try (Encoder encoder = open()) {
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(List.of(new float[0])));
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.maxFrames(0));
            assertThat(encoder.encode(List.of())).isEmpty();
        }
    }

    @Test
    void theFingerprintCoversAllSettings() {
        List<Encoder> encoders = new ArrayList<>(openOthers());
        encoders.add(open());
        assertThat(encoders)
                .hasSizeGreaterThan(1)
                .extracting(Encoder::fingerprint)
                .doesNotHaveDuplicates();
        assertThat(encoders)
                .allSatisfy(encoder -> assertThat(encoder.fingerprint()).matches("[0-9a-f]{64}"));
        encoders.forEach(Encoder::close);
    }

    @Test
    void threadsShareAnEncoder() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Encoder encoder = open()) {
            List<float[]> clips = clips(encoder.sampleRate());
            List<Frames> expected = encoder.encode(clips);
            List<Future<List<Frames>>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(() -> encoder.encode(clips)));
            }
            for (Future<List<Frames>> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<float[]> clips(int sampleRate) {
        return List.of(
                noise(1, sampleRate), noise(2, 1), noise(3, sampleRate / 3), noise(4, 777), noise(5, sampleRate));
    }

    private static float[] noise(long seed, int samples) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        return noise;
    }
}
