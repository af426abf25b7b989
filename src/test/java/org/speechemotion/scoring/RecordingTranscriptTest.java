package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.speechemotion.asr.Recognition;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;
import org.speechemotion.audio.Reading;
import org.speechemotion.audio.RecordingSource;
import org.speechemotion.audio.SampleConsumer;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.TinyNetwork;

/** Recordings of two channels, with a recogniser that returns a word for every half second. */
class RecordingTranscriptTest {
    private static final int RATE = 8000;
    private static final RecordingSettings SETTINGS =
            RecordingSettings.defaults().withWindows(1, 0.5).withSmoothing(0);

    @Test
    void channelsAndSegmentsHaveTheirWords() {
        ScoredRecording scored = score("7.2").orElseThrow();
        assertThat(scored.transcripts()).extracting(Transcript::text).containsExactly(words(0, 15), words(1, 15));
        for (int channel = 0; channel < 2; channel++) {
            List<Segment> segments = scored.channels().get(channel).segments();
            assertThat(segments).hasSize(14);
            List<Word> all = new ArrayList<>();
            for (int i = 0; i < segments.size(); i++) {
                Transcript words = scored.words(channel, i);
                assertThat(words.words()).hasSize(i == 13 ? 2 : 1);
                all.addAll(words.words());
            }
            assertThat(all).isEqualTo(scored.transcripts().get(channel).words());
        }
    }

    @Test
    void aSingleSegmentHasAllWords() {
        ScoredRecording scored = score("0.9").orElseThrow();
        assertThat(scored.channels().get(0).segments()).hasSize(1);
        assertThat(scored.words(1, 0).text()).isEqualTo(words(1, 2));
    }

    @Test
    void nonFiniteOutputsRejectTheRecording() {
        assertThat(score("nan").<String>fold(scored -> "", Rejection::code)).isEqualTo("not-finite");
        assertThat(score("late").<String>fold(scored -> "", Rejection::code)).isEqualTo("not-finite");
    }

    @Test
    void withoutARecognizerThereAreNoTranscripts() {
        RecordingScorer<String> scorer = new RecordingScorer<>(new TwoChannels(), batches(), SETTINGS);
        assertThat(result(scorer, "3").orElseThrow().transcripts()).isEmpty();
    }

    private static ClipBatches<ClipScore> batches() {
        return ClipBatches.predicting(new LoudnessEncoder(RATE, 100), model(), 4, false);
    }

    private static Result<ScoredRecording> score(String input) {
        return result(
                new RecordingScorer<>(
                        new TwoChannels(),
                        batches(),
                        SETTINGS,
                        Analyses.<String>none().withRecognizer(Optional.of(new HalfSeconds()))),
                input);
    }

    private static Result<ScoredRecording> result(RecordingScorer<String> scorer, String input) {
        Iterator<Recording<String>> recordings = scorer.score(List.of(input).iterator());
        return ((Recording.Finished<String>) recordings.next()).result();
    }

    private static EmotionModel model() {
        return new EmotionModel(TinyNetwork.graph(true, 1), TinyNetwork.TIME_MULTIPLE);
    }

    private static String words(int channel, int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(HalfSeconds.name(level(channel)));
        }
        return words.toString();
    }

    private static float level(int channel) {
        return 0.25f + channel / 2f;
    }

    /** Reads as many seconds as the input names; every channel has another level. */
    private static final class TwoChannels implements RecordingSource<String> {
        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public Reading read(String input, SampleConsumer consumer) {
            boolean wrong = input.matches("nan|late");
            double seconds = wrong ? 5 : Double.parseDouble(input);
            consumer.begin(2, 0);
            int length = (int) (seconds * RATE);
            float[] piece = new float[1000];
            for (int from = 0; from < length; from += piece.length) {
                for (int channel = 0; channel < 2; channel++) {
                    float level = level(channel);
                    Arrays.fill(piece, 0, 500, level);
                    Arrays.fill(piece, 500, 1000, -level);
                    if (wrong && (from == 0 || input.equals("late"))) {
                        piece[3] = input.equals("nan") ? HalfSeconds.FAILS : HalfSeconds.FAILS_LATE;
                    }
                    consumer.accept(channel, piece, Math.min(piece.length, length - from));
                }
            }
            return new Reading.Decoded(Result.accepted(new SourceFormat("wav", RATE, 2, seconds)), Optional.empty());
        }
    }

    private static final class HalfSeconds implements SpeechRecognizer {
        static final float FAILS = 0.99f;
        static final float FAILS_LATE = 0.98f;

        static String name(float level) {
            return String.format(Locale.ROOT, "w%.2f", level);
        }

        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public Recognition begin() {
            return new Recognition() {
                private int samples;
                private String name = "";
                private boolean late;

                @Override
                public boolean accept(float[] piece, int count) {
                    name = samples == 0 ? HalfSeconds.name(piece[0]) : name;
                    samples += count;
                    late |= piece[3] == FAILS_LATE;
                    if (piece[3] == FAILS) {
                        throw new ArithmeticException("not finite");
                    }
                    return false;
                }

                @Override
                public Transcript soFar() {
                    return Transcript.EMPTY;
                }

                @Override
                public Transcript finish() {
                    if (late) {
                        throw new ArithmeticException("not finite");
                    }
                    List<Word> words = new ArrayList<>();
                    for (double start = 0; start * RATE < samples; start += 0.5) {
                        words.add(new Word(name, start, Math.min(start + 0.5, (double) samples / RATE), 1));
                    }
                    return new Transcript(words);
                }
            };
        }

        @Override
        public void close() {}
    }
}
