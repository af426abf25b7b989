package org.speechemotion.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogMelEncoderTest extends EncoderContract {

    private static final int RATE = 16_000;

    /** All frames, as they are. */
    private static final LogMelSettings RAW = LogMelSettings.defaults()
            .withNormalization(Normalization.NONE)
            .withFloor(0)
            .withSpeech(0);

    @Override
    protected Encoder open() {
        return Encoders.open(EncoderSettings.of("log-mel", RATE, LogMelSettings.defaults()));
    }

    @Override
    protected List<Encoder> openOthers() {
        return List.of(
                new LogMelEncoder(RAW.withBands(40), RATE),
                new LogMelEncoder(RAW.withFrames(30, 10), RATE),
                new LogMelEncoder(RAW.withFrames(25, 20), RATE),
                new LogMelEncoder(RAW.withRange(0, 8000), RATE),
                new LogMelEncoder(RAW.withRange(20, 7600), RATE),
                new LogMelEncoder(RAW, RATE),
                new LogMelEncoder(
                        LogMelSettings.defaults()
                                .withNormalization(Normalization.NONE)
                                .withFloor(60),
                        RATE),
                new LogMelEncoder(LogMelSettings.defaults().withFloor(0).withSpeech(0), RATE),
                new LogMelEncoder(LogMelSettings.defaults().withFloor(0).withSpeech(40), RATE),
                new LogMelEncoder(RAW.withNormalization(Normalization.MEAN_VARIANCE), RATE),
                new LogMelEncoder(RAW, 22_050));
    }

    @Test
    void energiesAreThoseOfHuggingFace() throws IOException {
        assertThat(encode(Normalization.NONE)).containsExactly(expected("log_mel.f32"), within(1e-5f));
    }

    @Test
    void normalizedEnergiesAreThoseOfHuggingFace() throws IOException {
        assertThat(encode(Normalization.MEAN_VARIANCE))
                .containsExactly(expected("log_mel_normalized.f32"), within(1e-5f));
    }

    /** The floor is that of {@code top_db} in librosa's {@code power_to_db}, applied to the energies of Hugging Face. */
    @Test
    void theFloorIsRelativeToTheLoudestValue() throws IOException {
        float[] plain = expected("log_mel.f32");
        float loudest = Float.NEGATIVE_INFINITY;
        for (float value : plain) {
            loudest = Math.max(loudest, value);
        }
        float[] floored = new LogMelEncoder(RAW.withFloor(30), RATE)
                .encode(List.of(signal()))
                .get(0)
                .values();
        int raised = 0;
        for (int i = 0; i < floored.length; i++) {
            // 30 dB of power are a factor of 1000.
            float floor = (float) (loudest - Math.log(1000));
            assertThat(floored[i]).isCloseTo(Math.max(plain[i], floor), within(2e-5f));
            raised += plain[i] < floor ? 1 : 0;
        }
        assertThat(raised).isBetween(1, floored.length - 1);
    }

    @Test
    void clipNormalizationLeavesOneMeanAndDeviationOverAllBands() {
        float[] values = encode(Normalization.CLIP);
        double mean = 0;
        double squares = 0;
        for (float value : values) {
            mean += value / (double) values.length;
            squares += (double) value * value / values.length;
        }
        assertThat(mean).isCloseTo(0, within(1e-5));
        assertThat(squares).isCloseTo(1, within(1e-5));
        // An affine map of the plain energies: the shape of the spectrum stays.
        float[] plain = encode(Normalization.NONE);
        double slope = (values[1] - values[0]) / (plain[1] - plain[0]);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).isCloseTo(values[0] + slope * (plain[i] - plain[0]), within(1e-3));
        }
    }

    @Test
    void meanNormalizationRemovesTheGain() {
        // Digital silence is left out, because its energies are at the floor for any gain.
        float[] loud = Arrays.copyOf(signal(), 3_840);
        float[] quiet = loud.clone();
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] *= 0.25f;
        }
        try (Encoder encoder = open(Normalization.MEAN)) {
            List<Frames> frames = encoder.encode(List.of(loud, quiet));
            assertThat(frames.get(0).values()).containsExactly(frames.get(1).values(), within(1e-4f));
        }
    }

    @Test
    void shortClipsArePaddedToOneWindow() {
        float[] extended = new float[400];
        System.arraycopy(signal(), 0, extended, 0, 100);
        try (Encoder encoder = open(Normalization.NONE)) {
            List<Frames> frames = encoder.encode(List.of(Arrays.copyOf(extended, 100), extended));
            assertThat(frames.get(0)).isEqualTo(frames.get(1));
            assertThat(frames.get(0).time()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"399, 1", "400, 1", "559, 1", "560, 2", "16000, 98"})
    void framesLieWithinTheClip(int samples, int frames) {
        try (Encoder encoder = new LogMelEncoder(LogMelSettings.defaults().withSpeech(0), RATE)) {
            assertThat(encoder.maxFrames(samples)).isEqualTo(frames);
        }
    }

    @Test
    void bandsMustFitTheSampleRate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogMelEncoder(LogMelSettings.defaults(), 8000))
                .withMessage("highest-hertz is 8000.0; allowed: at most half the sample rate of 8000 Hz");
    }

    @Test
    void aBandWithoutFrequenciesIsRefused() {
        LogMelSettings narrow = RAW.withBands(512).withFrames(5, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogMelEncoder(narrow, RATE))
                .withMessageContaining("mel band 1 of 512, 20 to 32 Hz")
                .withMessageContaining("resolution is 125.0 Hz");
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RAW.withBands(0))
                .withMessage("bands is 0; allowed: 1 to 512");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RAW.withFrames(Double.NaN, 10))
                .withMessageContaining("window-milliseconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RAW.withFrames(25, 26))
                .withMessageContaining("hop-milliseconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RAW.withRange(8000, 8000))
                .withMessageContaining("highest-hertz");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogMelEncoder(
                        RAW.withBands(1).withFrames(0.01, 0.01).withRange(0, 8000), RATE))
                .withMessageContaining("window-milliseconds is 0.01; allowed: at least one sample");
    }

    @Test
    void anUnknownEncoderListsTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Encoders.open(EncoderSettings.of("mfcc", RATE, LogMelSettings.defaults())))
                .withMessageContaining("is named \"mfcc\"; allowed: ")
                .withMessageContaining("log-mel")
                .withMessageContaining("transformer");
    }

    @Test
    void framesMustFillTheirShape() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Frames(new float[5], 2, 3))
                .withMessageContaining("[2, 3]");
        assertThatIllegalArgumentException().isThrownBy(() -> new Frames(new float[0], 0, 3));
    }

    @Test
    void framesOutsideSpeechAreLeftOut() {
        float[] quiet = new float[RATE];
        float[] longer = new float[2 * RATE];
        for (int i = 0; i < longer.length; i++) {
            longer[i] = (float) ((i < RATE / 2 || i > 3 * RATE / 2 ? 0.001 : 0.3) * Math.sin(0.2 * i));
        }
        System.arraycopy(longer, RATE / 2, quiet, 0, RATE);
        try (Encoder encoder = new LogMelEncoder(LogMelSettings.defaults(), RATE);
                Encoder all = new LogMelEncoder(LogMelSettings.defaults().withSpeech(0), RATE)) {
            assertThat(all.encode(List.of(longer)).get(0).time()).isEqualTo(all.maxFrames(longer.length));
            int inside = encoder.encode(List.of(quiet)).get(0).time();
            assertThat(inside).isBetween(all.maxFrames(RATE), encoder.maxFrames(RATE));
            assertThat(encoder.encode(List.of(longer)).get(0).time()).isBetween(inside, inside + 1);
        }
    }

    private static Encoder open(Normalization normalization) {
        return new LogMelEncoder(RAW.withNormalization(normalization), RATE);
    }

    private static float[] encode(Normalization normalization) {
        try (Encoder encoder = open(normalization)) {
            return encoder.encode(List.of(signal())).get(0).values();
        }
    }

    /** The signal of {@code log_mel.py}. */
    private static float[] signal() {
        float[] signal = new float[4_800];
        for (int i = 0; i < 4_000; i++) {
            double t = i / (double) RATE;
            signal[i] = (float) (0.4 * Math.sin(2 * Math.PI * (200 * t + 6000 * t * t))
                    + 0.2 * Math.sin(2 * Math.PI * 1234.5 * t)
                    + 0.02 * (i * 7919 % 1009 / 1009.0 - 0.5));
        }
        return signal;
    }

    private static float[] expected(String name) throws IOException {
        try (InputStream stream = LogMelEncoderTest.class.getResourceAsStream("/encoder/" + name)) {
            float[] values = new float[28 * 64];
            ByteBuffer.wrap(stream.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return values;
        }
    }
}
