package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;

class EvaluationTest {
    private static final Map<String, ConfusionMatrix> BY_SPEAKER = Map.of(
            "a:1", ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.SAD).plus(Emotion.CALM, Emotion.SAD),
            "a:2", ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.SAD).plus(Emotion.CALM, Emotion.CALM));

    @Test
    void sumsOverSpeakers() {
        Evaluation evaluation = Evaluation.of(BY_SPEAKER);

        assertThat(evaluation.speakers()).isEqualTo(2);
        assertThat(evaluation.matrix().total()).isEqualTo(4);
        assertThat(evaluation.scores()).isEqualTo(Scores.of(evaluation.matrix()));
        assertThat(evaluation.missingIntervalReason())
                .contains("too few speakers for an interval: 2, at least 3 are needed");
    }

    @Test
    void threeSpeakersHaveIntervalsAndSpeakersWithoutClipsDoNotCount() {
        Map<String, ConfusionMatrix> bySpeaker = new HashMap<>(BY_SPEAKER);
        bySpeaker.put("a:3", ConfusionMatrix.empty());
        assertThat(Evaluation.of(bySpeaker).intervals()).isEmpty();
        assertThat(Evaluation.of(bySpeaker).speakers()).isEqualTo(2);

        bySpeaker.put("a:3", ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.CALM));
        Evaluation evaluation = Evaluation.of(bySpeaker);
        assertThat(evaluation.missingIntervalReason()).isEmpty();
        Interval accuracy = evaluation.intervals().orElseThrow().accuracy();
        assertThat(accuracy.low()).isBetween(0.0, 0.6);
        assertThat(accuracy.high()).isBetween(0.6, 1.0);
        assertThat(evaluation.table())
                .startsWith("5 clips by 3 speakers; 95 % confidence intervals over speakers\naccuracy")
                .contains("0.600  [%.3f, %.3f]".formatted(accuracy.low(), accuracy.high()));
    }

    @Test
    void theTableIsAligned() {
        assertThat(Evaluation.of(BY_SPEAKER).table())
                .isEqualTo(
                        """
                        4 clips by 2 speakers; too few speakers for an interval: 2, at least 3 are needed
                        accuracy                   0.750
                        unweighted average recall  0.750
                        macro F1                   0.733

                        emotion     precision     recall         F1    support
                        neutral         0.000      0.000      0.000          0
                        calm            1.000      0.500      0.667          2
                        happy           0.000      0.000      0.000          0
                        sad             0.667      1.000      0.800          2
                        angry           0.000      0.000      0.000          0
                        fearful         0.000      0.000      0.000          0
                        disgust         0.000      0.000      0.000          0
                        surprised       0.000      0.000      0.000          0

                        true / predicted   neutral      calm     happy       sad     angry   fearful   disgust surprised
                        neutral                  0         0         0         0         0         0         0         0
                        calm                     0         1         0         1         0         0         0         0
                        happy                    0         0         0         0         0         0         0         0
                        sad                      0         0         0         2         0         0         0         0
                        angry                    0         0         0         0         0         0         0         0
                        fearful                  0         0         0         0         0         0         0         0
                        disgust                  0         0         0         0         0         0         0         0
                        surprised                0         0         0         0         0         0         0         0
                        """);
    }

    @Test
    void scoresWithoutClipsAreNotNaN() {
        Evaluation evaluation = Evaluation.of(Map.of());

        assertThat(evaluation.scores().n()).isZero();
        assertThat(evaluation.intervals()).isEmpty();
        assertThat(evaluation.table()).contains("0 clips by 0 speakers").doesNotContain("NaN");
    }
}
