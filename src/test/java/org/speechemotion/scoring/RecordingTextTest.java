package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.Probabilities;

class RecordingTextTest {
    private static final Optional<Probabilities> SILENCE = Optional.empty();

    @Test
    void aClipIsALine() {
        Timeline clip = timeline(2, new Segment(0, 2, angry(0.75f)));
        assertThat(lines(0, 2, clip))
                .containsExactly("a.wav  angry  0.750  (2.00 s: neutral 0.250000 calm 0.000000 happy 0.000000 "
                        + "sad 0.000000 angry 0.750000 fearful 0.000000 disgust 0.000000 surprised 0.000000)");
        assertThat(lines(0.8, 2, clip).get(0)).startsWith("a.wav  uncertain  0.750  (2.00 s: neutral");
        assertThat(lines(0, 2, timeline(0, new Segment(0, 2, SILENCE)))).containsExactly("a.wav  silence  (2.00 s)");
    }

    @Test
    void neighboursOfTheSameAnswerAreOneLine() {
        Timeline call = timeline(
                3607.5,
                new Segment(0, 2.5, SILENCE),
                new Segment(2.5, 5, angry(0.75f)),
                new Segment(5, 7.5, angry(0.625f)),
                new Segment(7.5, 10, angry(0.25f)),
                new Segment(10, 3610, angry(0.875f)));
        List<String> lines = lines(0, 3610, call);
        assertThat(lines.get(0))
                .startsWith("a.wav  angry  0.750  (3610.00 s, 3607.50 s of speech, entropy 0.81 bits: neutral 0.25");
        assertThat(lines.subList(1, lines.size()))
                .containsExactly(
                        "  of the speech: neutral 0 % angry 100 %",
                        "  00:00.0 - 00:02.5  silence",
                        "  00:02.5 - 00:07.5  angry 0.69",
                        "  00:07.5 - 00:10.0  neutral 0.75",
                        "  00:10.0 - 1:00:10.0  angry 0.88");
    }

    @Test
    void whatIsUncertainIsAShareOfItsOwn() {
        Timeline call = timeline(
                10,
                new Segment(0, 2.5, angry(0.75f)),
                new Segment(2.5, 7.5, angry(0.625f)),
                new Segment(7.5, 10, angry(0.25f)));
        assertThat(lines(0.7, 10, call).get(1)).isEqualTo("  of the speech: neutral 25 % angry 25 % uncertain 50 %");
    }

    @Test
    void eachChannelHasItsName() {
        Timeline agent = timeline(2, new Segment(0, 2, angry(0.75f)));
        assertThat(lines(0, 2, agent, agent))
                .extracting(line -> line.substring(0, 23))
                .containsExactly("a.wav channel 1  angry ", "a.wav channel 2  angry ");
    }

    @Test
    void aNoteOnTheFileComesFirst() {
        SourceFormat source = new SourceFormat("wav", 8000, 1, 2, "the file is cut short");
        Timeline timeline = timeline(2, new Segment(0, 2, angry(0.75f)));
        assertThat(new RecordingText(0).lines("a.wav", new ScoredRecording(2, source, List.of(timeline))))
                .first()
                .isEqualTo("a.wav: note: the file is cut short");
    }

    private static List<String> lines(double abstainBelow, double seconds, Timeline... channels) {
        return new RecordingText(abstainBelow)
                .lines(
                        "a.wav",
                        new ScoredRecording(
                                seconds,
                                new SourceFormat("wav", 8000, channels.length, seconds),
                                Arrays.asList(channels)));
    }

    private static Timeline timeline(double speech, Segment... segments) {
        return new Timeline(
                new Timeline.Summary(speech, speech > 0 ? angry(0.75f) : SILENCE),
                Arrays.asList(segments),
                Optional.empty());
    }

    private static Optional<Probabilities> angry(float probability) {
        float[] values = new float[Emotion.count()];
        values[Emotion.ANGRY.label()] = probability;
        values[Emotion.NEUTRAL.label()] = 1 - probability;
        return Optional.of(new Probabilities(values));
    }
}
