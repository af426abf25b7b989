package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;

class RecordingTextTest {
    private static final Optional<Probabilities> SILENCE = Optional.empty();

    @Test
    void theEmotionsOfAClipAreSortedAndHaveBars() {
        Timeline clip = timeline(2, new Segment(0, 2, angry(0.75f)));
        assertThat(lines(0, 2, clip))
                .containsExactly(
                        "a.wav: angry  (2.0 s)",
                        "  angry      0.75  ███████████████",
                        "  neutral    0.25  █████",
                        "  calm       0.00",
                        "  happy      0.00",
                        "  sad        0.00",
                        "  fearful    0.00",
                        "  disgust    0.00",
                        "  surprised  0.00");
        assertThat(lines(0, 2, timeline(0, new Segment(0, 2, SILENCE)))).containsExactly("a.wav: silence  (2.0 s)");
    }

    @Test
    void belowTheThresholdTheEmotionIsUncertain() {
        Timeline clip = timeline(2, new Segment(0, 2, angry(0.75f)));
        assertThat(lines(0.8, 2, clip).get(0)).isEqualTo("a.wav: not sure, perhaps angry  (2.0 s)");
        assertThat(lines(0.75, 2, clip).get(0)).isEqualTo("a.wav: angry  (2.0 s)");
        Timeline even = new Timeline(
                new Timeline.Summary(2, Optional.of(new Probabilities(new float[] {.3f, .1f, .1f, .1f, .4f, 0, 0, 0}))),
                List.of(new Segment(0, 2, angry(0.4f))),
                Optional.empty());
        assertThat(lines(0, 2, even).get(0)).as("by default below 0.5").startsWith("a.wav: not sure, perhaps angry");
        assertThat(lines(0.3, 2, even).get(0)).isEqualTo("a.wav: angry  (2.0 s)");
    }

    @Test
    void adjacentSegmentsOfOneEmotionShareALine() {
        Timeline call = timeline(
                3607.5,
                new Segment(0, 2.5, SILENCE),
                new Segment(2.5, 5, angry(0.75f)),
                new Segment(5, 7.5, angry(0.625f)),
                new Segment(7.5, 10, angry(0.25f)),
                new Segment(10, 12.5, angry(0.45f)),
                new Segment(12.5, 3610, angry(0.875f)));
        List<String> lines = lines(0.6, 3610, call);
        assertThat(lines.get(0)).isEqualTo("a.wav: angry  (1:00:10, 1:00:08 of speech)");
        assertThat(lines.subList(9, lines.size()))
                .containsExactly(
                        "  00:00 – 00:03  silence",
                        "  00:03 – 00:08  angry      0.69  ██████████████",
                        "  00:08 – 00:10  neutral    0.75  ███████████████",
                        "  00:10 – 00:13  not sure   0.55  ███████████",
                        "  00:13 – 1:00:10  angry      0.88  ██████████████████");
    }

    @Test
    void aTimelineOfManyChangesIsShownInPeriods() {
        Segment[] segments = new Segment[1440];
        for (int i = 0; i < segments.length; i++) {
            // Two minutes of each five are neutral, and one segment in forty is silent.
            float angry = i % 120 < 48 ? 0.25f : 0.75f;
            segments[i] = new Segment(2.5 * i, 2.5 * (i + 1), i % 40 == 39 ? SILENCE : angry(angry));
        }
        List<String> lines = lines(0, 3600, timeline(3600, segments));
        assertThat(lines).hasSize(9 + 30);
        assertThat(lines.get(9)).isEqualTo("  00:00 – 02:00  neutral 98 %");
        assertThat(lines.get(10)).isEqualTo("  02:00 – 04:00  angry 98 %");
        assertThat(lines.get(11)).isEqualTo("  04:00 – 06:00  neutral 50 %, angry 48 %");
        assertThat(lines.get(38)).startsWith("  58:00 – 1:00:00  ");
    }

    @Test
    void theTextIsAlwaysShort() {
        for (int hours : new int[] {1, 2, 5, 12, 40}) {
            Segment[] segments = new Segment[hours * 1440];
            for (int i = 0; i < segments.length; i++) {
                segments[i] = new Segment(2.5 * i, 2.5 * (i + 1), angry(i % 2 == 0 ? 0.25f : 0.75f));
            }
            assertThat(lines(0, 3600.0 * hours, timeline(3600.0 * hours, segments)))
                    .hasSizeLessThanOrEqualTo(9 + TimelineText.MAX_LINES);
        }
    }

    @Test
    void eachChannelHasItsName() {
        Timeline agent = timeline(2, new Segment(0, 2, angry(0.75f)));
        assertThat(lines(0, 2, agent, agent))
                .contains("a.wav, channel 1: angry  (2.0 s)", "a.wav, channel 2: angry  (2.0 s)");
    }

    @Test
    void aNoteOnTheFileComesLast() {
        SourceFormat source = new SourceFormat("wav", 8000, 1, 2, "the file is cut short");
        Timeline timeline = timeline(2, new Segment(0, 2, angry(0.75f)));
        assertThat(new RecordingText(0, answer -> "*" + answer + "*")
                        .lines("a.wav", new ScoredRecording(2, source, List.of(timeline))))
                .startsWith("a.wav: *angry*  (2.0 s)")
                .endsWith("  note: the file is cut short");
    }

    private static List<String> lines(double abstainBelow, double seconds, Timeline... channels) {
        return new RecordingText(abstainBelow, answer -> answer)
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
        float[] values = new float[EmotionSet.EIGHT.size()];
        values[Emotion.ANGRY.label()] = probability;
        values[Emotion.NEUTRAL.label()] = 1 - probability;
        return Optional.of(new Probabilities(values));
    }
}
