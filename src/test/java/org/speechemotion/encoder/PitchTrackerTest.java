package org.speechemotion.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PitchTrackerTest {
    private static final int RATE = 16_000;
    private static final int HOP = 160;
    private static final int CENTRE = 200;

    /** Against librosa's pyin; {@code pitch.py} has made the signals and its numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"clean", "noise", "telephone"})
    void thePitchIsThatOfLibrosa(String name) throws IOException {
        float[] expected = floats(name + "_pyin.f32");
        float[] found = track(samples(name + ".s16"), RATE, expected.length).semitones();
        int voiced = 0;
        int both = 0;
        for (int i = 0; i < expected.length; i++) {
            voiced += Float.isNaN(expected[i]) ? 0 : 1;
            if (!Float.isNaN(expected[i]) && !Float.isNaN(found[i])) {
                both++;
                assertThat(found[i]).as("frame %d", i).isCloseTo(expected[i], within(0.6f));
            }
        }
        assertThat(both).isGreaterThanOrEqualTo((int) (0.9 * voiced));
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 22_050, 48_000})
    void theSampleRateDoesNotMatter(int rate) {
        float[] wave = new float[rate / 2];
        for (int harmonic = 1; harmonic <= 8; harmonic++) {
            for (int i = 0; i < wave.length; i++) {
                wave[i] += (float) (0.1 * Math.sin(2 * Math.PI * 220 * harmonic * i / rate));
            }
        }
        PitchTracker.Track track = new PitchTracker(rate, 60, 500).track(wave, new int[] {20, 21}, rate / 100, 0);
        assertThat(track.semitones()[0]).isCloseTo((float) (12 * Math.log(2.2) / Math.log(2)), within(0.05f));
        assertThat(track.strength()[1]).isCloseTo(1, within(0.02f));
    }

    @Test
    void noiseIsUnvoiced() {
        SplittableRandom random = new SplittableRandom(1);
        float[] noise = new float[RATE];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        assertThat(track(noise, RATE, 98).semitones()).containsOnly(Float.NaN);
    }

    @Test
    void silenceIsUnvoiced() {
        PitchTracker.Track track = track(new float[RATE / 10], RATE, 8);
        assertThat(track.semitones()).containsOnly(Float.NaN);
        assertThat(track.strength()).containsOnly(0);
    }

    private static PitchTracker.Track track(float[] wave, int rate, int frames) {
        int[] all = IntStream.range(0, frames).toArray();
        return new PitchTracker(rate, 60, 500).track(wave, all, HOP, CENTRE);
    }

    private static float[] samples(String name) throws IOException {
        ByteBuffer bytes = bytes(name);
        float[] samples = new float[bytes.remaining() / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort() / 32_768f;
        }
        return samples;
    }

    private static float[] floats(String name) throws IOException {
        ByteBuffer bytes = bytes(name);
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static ByteBuffer bytes(String name) throws IOException {
        try (InputStream stream = PitchTrackerTest.class.getResourceAsStream("/encoder/pitch_" + name)) {
            return ByteBuffer.wrap(stream.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
