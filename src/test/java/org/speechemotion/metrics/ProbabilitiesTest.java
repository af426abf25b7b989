package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;

class ProbabilitiesTest {

    @Test
    void theMostProbableEmotionIsPredictedAboveTheThreshold() {
        Probabilities probabilities = new Probabilities(new float[] {0, 0.25f, 0, 0, 0.5f, 0.25f, 0, 0});
        assertThat(probabilities.emotion()).isEqualTo(Emotion.ANGRY);
        assertThat(probabilities.confidence()).isEqualTo(0.5f);
        assertThat(probabilities.answer(0.5)).isEqualTo("angry");
        assertThat(probabilities.answer(0.51)).isEqualTo("uncertain");
    }

    @Test
    void tiesGoToTheFirstEmotion() {
        Probabilities probabilities = new Probabilities(new float[] {0, 0.5f, 0, 0.5f, 0, 0, 0, 0});
        assertThat(probabilities.emotion()).isEqualTo(Emotion.CALM);
        assertThat(probabilities.answer(0)).isEqualTo("calm");
    }

    @Test
    void entropyIsInBits() {
        assertThat(new Probabilities(new float[] {0, 0, 0, 1, 0, 0, 0, 0}).entropyBits())
                .isZero();
        assertThat(new Probabilities(new float[] {0.5f, 0.25f, 0.25f, 0, 0, 0, 0, 0}).entropyBits())
                .isCloseTo(1.5, within(1e-9));
        float eighth = 1 / 8f;
        assertThat(new Probabilities(new float[] {eighth, eighth, eighth, eighth, eighth, eighth, eighth, eighth})
                        .entropyBits())
                .isCloseTo(3, within(1e-9));
    }

    @Test
    void theMeanIsThatOfTheLogarithms() {
        EmotionSet two = EmotionSet.ofModel(List.of("happy", "sad"));
        Probabilities sure = new Probabilities(two, new float[] {0.8f, 0.2f});
        Probabilities even = new Probabilities(two, new float[] {0.5f, 0.5f});
        Probabilities certain = new Probabilities(two, new float[] {0, 1});
        // The square roots of 0.8 * 0.5 and of 0.2 * 0.5 are 2 to 1.
        assertThat(Probabilities.mean(List.of(sure, even)).values())
                .containsExactly(new float[] {2 / 3f, 1 / 3f}, within(1e-6f));
        assertThat(Probabilities.mean(List.of(sure, certain)).values())
                .containsExactly(new float[] {0, 1}, within(1e-6f));
        assertThat(Probabilities.mean(List.of(sure))).isSameAs(sure);
    }
}
