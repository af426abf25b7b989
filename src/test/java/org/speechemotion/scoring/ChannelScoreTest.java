package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;

/** Timelines by hand: windows of 4 s every 2 s, whose predictions the test gives. */
class ChannelScoreTest {
    private static final int RATE = 1000;

    @Test
    void segmentsAreTheMeanOfTheirWindows() {
        // 8 s of talk: windows at 0, 2 and 4 s. The first segment has the first window alone, the second the first two.
        Timeline timeline = timeline("########", 0, 0.8f, 0.4f, 0.2f);
        assertThat(happy(timeline)).containsExactly("0.0-2.0 0.80", "2.0-4.0 0.60", "4.0-6.0 0.30", "6.0-8.0 0.20");
        assertThat(timeline.summary().probabilities().orElseThrow().values()[Emotion.HAPPY.label()])
                .isCloseTo((0.8f + 0.6f + 0.3f + 0.2f) / 4, within(1e-6f));
    }

    @Test
    void theLastWindowEndsWithTheRecording() {
        // 7 s: windows at 0, 2 and 3 s; segments 0-2, 2-4, 4-6 and 6-7. The one from 2 to 4 s has the last for 1 s of
        // 2.
        Timeline timeline = timeline("#######", 0, 0.8f, 0.4f, 0.2f);
        assertThat(happy(timeline))
                .containsExactly(
                        "0.0-2.0 0.80",
                        String.format("2.0-4.0 %.2f", (0.8 * 2 + 0.4 * 2 + 0.2) / 5),
                        "4.0-6.0 0.30",
                        "6.0-7.0 0.20");
    }

    @Test
    void smoothingUsesTheSurroundingSpeech() {
        // Unsmoothed: 0.8, 0.6, silence, 0.2. Over 6 s: a segment and the 2 s on either side of it.
        Timeline timeline = timeline("####..##", 6, 0.8f, 0.4f, 0.2f);
        assertThat(happy(timeline)).containsExactly("0.0-2.0 0.70", "2.0-4.0 0.70", "4.0-6.0 silence", "6.0-8.0 0.20");
        // The last of 10 s covers 2 to 8 s.
        assertThat(happy(timeline("####..##", 10, 0.8f, 0.4f, 0.2f))).contains("6.0-8.0 0.40");
        assertThat(timeline.summary().probabilities().orElseThrow().values()[Emotion.HAPPY.label()])
                .as("the summary is not smoothed")
                .isCloseTo((0.8f + 0.6f + 0.2f) / 3, within(1e-6f));
    }

    @Test
    void sharesAreRelativeToTheSpeech() {
        Timeline timeline = timeline("####..##", 0, 0.8f, 0.4f, 0.2f);
        assertThat(timeline.summary().speechSeconds()).isEqualTo(6);
        Map<String, Double> shares = timeline.shares(EmotionSet.EIGHT, 0);
        assertThat(shares.get("happy")).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(shares.get("sad")).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(shares).hasSize(9);
    }

    @Test
    void uncertainTimeHasItsOwnShare() {
        Timeline timeline = timeline("####..##", 0, 0.8f, 0.4f, 0.2f);
        // Segments of 2 s each: happy 0.8, happy 0.6, sad 0.8.
        Map<String, Double> shares = timeline.shares(EmotionSet.EIGHT, 0.7);
        assertThat(shares.get("happy")).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(shares.get("sad")).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(shares.get("uncertain")).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(shares.values().stream().mapToDouble(share -> share).sum()).isCloseTo(1, within(1e-9));
        assertThat(timeline.shares(EmotionSet.EIGHT, 1).get("uncertain")).isCloseTo(1, within(1e-9));
    }

    @Test
    void silenceHasNoEmotion() {
        Timeline timeline = timeline("........", 25, 0.8f, 0.4f, 0.2f);
        assertThat(timeline.segments()).hasSize(4).noneMatch(Segment::speech);
        assertThat(timeline.summary().probabilities()).isEmpty();
        assertThat(timeline.summary().speechSeconds()).isZero();
        assertThat(timeline.shares(EmotionSet.EIGHT, 0).values()).containsOnly(0.0);
    }

    /** A letter for each second: {@code #} for two loud halves and two quiet ones, {@code .} for quiet. */
    private static Timeline timeline(String seconds, double smoothing, float... happy) {
        List<Integer> windows = new ArrayList<>();
        ChannelScore channel = new ChannelScore(
                RecordingSettings.defaults()
                        .withWindows(4, 2)
                        .withSmoothing(smoothing)
                        .withLimits(100, 1 << 20),
                RATE,
                (index, samples) -> windows.add(index));
        float[] samples = new float[seconds.length() * RATE];
        for (int i = 0; i < samples.length; i++) {
            boolean loud = seconds.charAt(i / RATE) == '#' && i / (RATE / 4) % 2 == 0;
            samples[i] = (loud ? 0.3f : 0.001f) * (i % 2 == 0 ? 1 : -1);
        }
        channel.accept(samples, samples.length);
        channel.finish();
        assertThat(windows).hasSize(happy.length);
        for (int i = 0; i < happy.length; i++) {
            float[] values = new float[EmotionSet.EIGHT.size()];
            values[Emotion.HAPPY.label()] = happy[i];
            values[Emotion.SAD.label()] = 1 - happy[i];
            channel.predicted(i, new ClipScore(new Probabilities(values), Optional.of(new float[] {i, 1})));
        }
        Timeline timeline = channel.timeline();
        assertThat(timeline.embedding().orElseThrow()).containsExactly((happy.length - 1) / 2f, 1);
        return timeline;
    }

    private static List<String> happy(Timeline timeline) {
        return timeline.segments().stream()
                .map(segment -> segment.startSeconds() + "-" + segment.endSeconds() + " "
                        + segment.probabilities()
                                .map(found -> String.format("%.2f", found.values()[Emotion.HAPPY.label()]))
                                .orElse("silence"))
                .toList();
    }
}
