package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.train.Trainer.Prediction;

class TrainerTest {

    @Test
    void predictsTheMostProbableLabelOrTheFirstOfEquals() {
        assertThat(prediction(0, 0.1f, 0.2f, 0.4f, 0.3f).label()).isEqualTo(2);
        assertThat(prediction(0, 0.1f, 0.4f, 0.1f, 0.4f).label()).isEqualTo(1);
        assertThat(prediction(0, Float.NaN, Float.NaN).label()).isZero();
    }

    @Test
    void countsLabelsAgainstTheTruth() {
        ConfusionMatrix matrix =
                Trainer.confusion(List.of(prediction(3, 0, 1), prediction(3, 1, 0), prediction(3, 0, 1)));
        assertThat(matrix.total()).isEqualTo(3);
        assertThat(matrix.count(EmotionSet.EIGHT.ofLabel(3), EmotionSet.EIGHT.ofLabel(1)))
                .isEqualTo(2);
        assertThat(matrix.count(EmotionSet.EIGHT.ofLabel(3), EmotionSet.EIGHT.ofLabel(0)))
                .isEqualTo(1);
        assertThat(Trainer.confusion(List.of())).isEqualTo(ConfusionMatrix.empty());
    }

    private static Prediction prediction(int truth, float... probabilities) {
        return new Prediction(
                ExampleBuilder.clip("a.wav").label(truth).build(),
                new Probabilities(Arrays.copyOf(probabilities, EmotionSet.EIGHT.size())));
    }
}
