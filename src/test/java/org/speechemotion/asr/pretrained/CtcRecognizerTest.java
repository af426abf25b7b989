package org.speechemotion.asr.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.asr.CtcDecoder;
import org.speechemotion.asr.CtcVocabulary;
import org.speechemotion.asr.Recognition;
import org.speechemotion.asr.RecognizerSettings;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.asr.Transcript;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;
import org.speechemotion.random.KeyedRandom;

/** Windows over long recordings, with an encoder whose frames depend on their own samples alone. */
class CtcRecognizerTest {
    private static final int RATE = 1000;
    private static final int HOP = 20;
    private static final int FIELD = 25;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxy";

    /** A frame's hidden state is one-hot: the token that its first sample names. Frames near the edges are wrong. */
    private static final class OneHot implements Encoder {
        private final int wrongFrames;
        private final List<Integer> lengths = new ArrayList<>();

        OneHot(int wrongFrames) {
            this.wrongFrames = wrongFrames;
        }

        @Override
        public List<Frames> encode(List<float[]> waveforms) {
            return waveforms.stream().map(this::encode).toList();
        }

        private Frames encode(float[] samples) {
            lengths.add(samples.length);
            int time = maxFrames(samples.length);
            float[] values = new float[time * width()];
            for (int t = 0; t < time; t++) {
                boolean wrong = wrongFrames > 0 && (t < wrongFrames || t >= time - wrongFrames);
                float sample = samples[Math.min(t * HOP, samples.length - 1)];
                values[t * width() + (wrong ? 1 : (int) sample)] = Float.isNaN(sample) ? sample : 9;
            }
            return new Frames(values, time, width());
        }

        @Override
        public String name() {
            return "one-hot";
        }

        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public int width() {
            return 2 + LETTERS.length();
        }

        @Override
        public double framesPerSecond() {
            return (double) RATE / HOP;
        }

        @Override
        public int maxFrames(int samples) {
            return samples < FIELD ? 1 : 1 + (samples - FIELD) / HOP;
        }

        @Override
        public String fingerprint() {
            return "";
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5", "1, 0.1", "1, 0", "2.3, 1.1", "1.01, 0.33"})
    void windowsAndPiecesDoNotChangeWordsAndTimes(double window, double overlap) {
        KeyedRandom random = new KeyedRandom(7);
        for (int samples : new int[] {1, 24, 25, 999, 1024, 1025, 1044, 1045, 1046, 2500, 10_007}) {
            float[] signal = speech(samples);
            Transcript whole = recognizer(120, 4, new OneHot(0)).transcribe(signal);
            Recognition recognition = recognizer(window, overlap, new OneHot(0)).begin();
            for (int from = 0; from < samples; ) {
                int count = Math.min(samples - from, 1 + random.nextInt(700));
                float[] piece = Arrays.copyOfRange(signal, from, from + count + 3);
                recognition.accept(piece, count);
                Arrays.fill(piece, Float.NaN);
                from += count;
            }
            assertThat(recognition.finish()).as("%d samples", samples).isEqualTo(whole);
        }
    }

    @Test
    void framesNearTheEdgesOfWindowsAreNotUsed() {
        float[] signal = speech(10_000);
        Transcript whole = recognizer(120, 4, new OneHot(0)).transcribe(signal);
        Transcript windows = recognizer(1, 0.5, new OneHot(10)).transcribe(signal);
        // The first and the last ten frames are wrong in any case, because there is nothing beyond them.
        assertThat(windows.between(0.75, 9.7)).isEqualTo(whole.between(0.75, 9.7));
        assertThat(windows.between(0.75, 9.7).words()).hasSizeGreaterThan(20);
    }

    @Test
    void memoryIsBoundedByAWindow() {
        OneHot encoder = new OneHot(0);
        recognizer(1, 0.5, encoder).transcribe(speech(60_000));
        assertThat(encoder.lengths).hasSizeGreaterThan(100).allMatch(length -> length < 1.1 * RATE);
    }

    @Test
    void nonFiniteValuesAreAnError() {
        float[] signal = speech(3000);
        Arrays.fill(signal, 1000, 1100, Float.NaN);
        assertThatThrownBy(() -> recognizer(1, 0.5, new OneHot(0)).transcribe(signal))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("not finite");
    }

    private static SpeechRecognizer recognizer(double window, double overlap, OneHot encoder) {
        int width = encoder.width();
        List<String> tokens = new ArrayList<>(List.of("<pad>", " "));
        LETTERS.chars().forEach(letter -> tokens.add(Character.toString(letter)));
        float[] identity = new float[width * width];
        for (int i = 0; i < width; i++) {
            identity[i * width + i] = 1;
        }
        return new CtcModel(
                        RecognizerSettings.at("x").withWindows(window, overlap),
                        RATE,
                        HOP,
                        FIELD,
                        new CtcHead(identity, new float[width]),
                        new CtcDecoder(new CtcVocabulary(tokens, 0), 1, Optional.empty()),
                        "")
                .with(encoder);
    }

    /** Samples that name tokens: words of letters with random lengths, silence between. */
    private static float[] speech(int samples) {
        KeyedRandom random = new KeyedRandom(42);
        float[] signal = new float[samples];
        for (int from = 0; from < samples; ) {
            int length = HOP * (1 + random.nextInt(4));
            int token = (int) (random.nextDouble() * (2 + LETTERS.length()) * 1.3);
            Arrays.fill(
                    signal, from, Math.min(samples, from + length), token < 2 + LETTERS.length() ? token : token % 2);
            from += length;
        }
        return signal;
    }
}
