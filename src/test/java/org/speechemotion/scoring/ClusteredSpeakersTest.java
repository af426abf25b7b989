package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.Reading;
import org.speechemotion.audio.RecordingSource;
import org.speechemotion.audio.SampleConsumer;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.common.Result;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.demo.DemoSettings;
import org.speechemotion.demo.DemoSpeaker;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.TinyNetwork;

/** A recording in which two voices of the demo take turns, twelve each, with pauses of half a second. */
class ClusteredSpeakersTest {
    private static final int RATE = DemoSettings.SAMPLE_RATE;
    private static final int TURNS = 24;

    @Test
    void speakersAreFoundAndScored() {
        List<SpeakerScore> speakers = score(2).speakers();
        assertThat(speakers).extracting(SpeakerScore::speaker).containsExactly("speaker-1", "speaker-2");
        assertThat(speakers).allSatisfy(speaker -> {
            assertThat(speaker.side().talkShare()).isCloseTo(0.5, within(0.1));
            assertThat(speaker.side().turns()).isBetween(10, 14);
            assertThat(speaker.channel()).isOne();
            assertThat(speaker.timeline().summary().probabilities()).isPresent();
        });
    }

    @Test
    void withoutClusteringThereAreNoSpeakers() {
        assertThat(score(0).speakers()).isEmpty();
    }

    private static ScoredRecording score(int clusters) {
        RecordingScorer<String> scorer = new RecordingScorer<>(
                new TwoVoices(),
                ClipBatches.predicting(
                        new LoudnessEncoder(RATE, 100),
                        new EmotionModel(TinyNetwork.graph(true, 1), TinyNetwork.TIME_MULTIPLE),
                        4,
                        false),
                RecordingSettings.defaults(),
                new Analyses<>(Optional.empty(), false, input -> List.of(), clusters));
        Iterator<Recording<String>> recordings = scorer.score(List.of("call").iterator());
        return ((Recording.Finished<String>) recordings.next()).result().orElseThrow();
    }

    private static final class TwoVoices implements RecordingSource<String> {
        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public Reading read(String input, SampleConsumer consumer) {
            consumer.begin(1, 0);
            long samples = 0;
            for (int turn = 0; turn < TURNS; turn++) {
                float[] utterance = DemoCorpus.utterance(
                        DemoSpeaker.of(turn % 2 == 0 ? 1 : 4, 1), Emotion.NEUTRAL, 1 + turn / 2 % 2, turn, 1);
                consumer.accept(0, utterance, utterance.length);
                consumer.accept(0, new float[RATE / 2], RATE / 2);
                samples += utterance.length + RATE / 2;
            }
            return new Reading.Decoded(
                    Result.accepted(new SourceFormat("wav", RATE, 1, (double) samples / RATE)), Optional.empty());
        }
    }
}
