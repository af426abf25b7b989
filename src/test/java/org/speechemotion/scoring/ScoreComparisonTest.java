package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.metrics.Probabilities;

class ScoreComparisonTest {
    private static final SourceFormat SOURCE = new SourceFormat("wav", 16_000, 1, 1);

    private final ScoreComparison comparison = new ScoreComparison();

    @Test
    void equalScoresAreClose() {
        comparison.add("a.wav", recording(0.6, 0.7, 0.8), recording(0.6, 0.7, 0.8));
        assertThat(comparison.recordings()).isEqualTo(1);
        assertThat(comparison.equalShare()).isEqualTo(1);
        assertThat(comparison.greatestDifference()).isZero();
        assertThat(comparison.isClose()).isTrue();
    }

    @Test
    void labelsAndDifferencesOfSegmentsCount() {
        comparison.add("a.wav", recording(0.6, 0.7, 0.49), recording(0.61, 0.7, 0.51));
        assertThat(comparison.equalShare()).isEqualTo(0.5);
        assertThat(comparison.greatestDifference()).isCloseTo(0.02, within(1e-6));
        assertThat(comparison.isClose()).isFalse();
        assertThat(comparison.lines())
                .containsExactly(
                        "recordings       1  equal labels 100.00 %  greatest difference of a probability 0.0100 in a.wav",
                        "segments         2  equal labels  50.00 %  greatest difference of a probability 0.0200 in a.wav"
                                + " at 1.00 s");
    }

    @Test
    void distantProbabilitiesAreNotClose() {
        comparison.add("a.wav", recording(0.9, 0.9), recording(0.8, 0.9));
        assertThat(comparison.equalShare()).isEqualTo(1);
        assertThat(comparison.isClose()).isFalse();
    }

    @Test
    void silenceHasNoScoresToCompare() {
        ScoredRecording silent = new ScoredRecording(
                1,
                SOURCE,
                List.of(new Timeline(
                        new Timeline.Summary(0, Optional.empty()),
                        List.of(new Segment(0, 1, Optional.empty())),
                        Optional.empty())));
        comparison.add("silence.wav", silent, silent);
        assertThat(comparison.recordings()).isZero();
        assertThat(comparison.isClose()).isFalse();
    }

    @Test
    void differentSegmentsAreAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> comparison.add("a.wav", recording(0.6, 0.7), recording(0.6, 0.7, 0.8)))
                .withMessage("a.wav has 1 segments in one way and 2 in the other");
    }

    /** Returns a recording whose first emotion has a probability in the whole, and others in its segments of a second. */
    private static ScoredRecording recording(double whole, double... parts) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            segments.add(new Segment(i, i + 1, Optional.of(probabilities(parts[i]))));
        }
        return new ScoredRecording(
                parts.length,
                SOURCE,
                List.of(new Timeline(
                        new Timeline.Summary(parts.length, Optional.of(probabilities(whole))),
                        segments,
                        Optional.empty())));
    }

    private static Probabilities probabilities(double first) {
        return new Probabilities(new float[] {(float) first, (float) (1 - first), 0, 0, 0, 0, 0, 0});
    }
}
