package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;

class EvaluationTest {
    private static final Map<String, ConfusionMatrix> BY_ACTOR = Map.of(
            "a:1", ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.SAD).plus(Emotion.CALM, Emotion.SAD),
            "a:2", ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.SAD).plus(Emotion.CALM, Emotion.CALM));

    @Test
    void addsTheActorsUp() {
        Evaluation evaluation = Evaluation.of(BY_ACTOR, 42);

        assertThat(evaluation.actors()).isEqualTo(2);
        assertThat(evaluation.matrix().total()).isEqualTo(4);
        assertThat(evaluation.scores()).isEqualTo(Scores.of(evaluation.matrix()));
        // Each resample has the first actor 0, 1 or 2 times: accuracy 1, 0.75 or 0.5, each far likelier than 2.5 %.
        assertThat(evaluation.accuracyInterval()).isEqualTo(new Interval(0.5, 1));
    }

    @Test
    void theTableIsAligned() {
        assertThat(Evaluation.of(BY_ACTOR, 42).table())
                .isEqualTo(
                        """
                        4 clips by 2 actors; 95 % intervals over actors
                        accuracy                   0.750  [0.500, 1.000]
                        unweighted average recall  0.750  [0.500, 1.000]
                        macro F1                   0.733  [0.333, 1.000]

                        emotion     precision     recall         F1    support
                        neutral         0.000      0.000      0.000          0
                        calm            1.000      0.500      0.667          2
                        happy           0.000      0.000      0.000          0
                        sad             0.667      1.000      0.800          2
                        angry           0.000      0.000      0.000          0
                        fearful         0.000      0.000      0.000          0
                        disgust         0.000      0.000      0.000          0
                        surprised       0.000      0.000      0.000          0

                        is / taken   neutral      calm     happy       sad     angry   fearful   disgust surprised
                        neutral            0         0         0         0         0         0         0         0
                        calm               0         1         0         1         0         0         0         0
                        happy              0         0         0         0         0         0         0         0
                        sad                0         0         0         2         0         0         0         0
                        angry              0         0         0         0         0         0         0         0
                        fearful            0         0         0         0         0         0         0         0
                        disgust            0         0         0         0         0         0         0         0
                        surprised          0         0         0         0         0         0         0         0
                        """);
    }

    @Test
    void nothingIsNotNaN() {
        Evaluation evaluation = Evaluation.of(Map.of(), 42);

        assertThat(evaluation.scores().n()).isZero();
        assertThat(evaluation.macroF1Interval()).isEqualTo(new Interval(0, 1));
        assertThat(evaluation.table()).contains("0 clips by 0 actors").doesNotContain("NaN");
    }
}
