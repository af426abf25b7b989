package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;

class LabelMapTest {
    private static final Probabilities CLIP =
            new Probabilities(new float[] {0.2f, 0.25f, 0.3f, 0.1f, 0.05f, 0.04f, 0.03f, 0.03f});

    @Test
    void theIdentityChangesNothing() {
        assertThat(LabelMap.identity().apply(CLIP)).isSameAs(CLIP);
        assertThat(LabelMap.of(Map.of()).merged()).isEmpty();
    }

    @Test
    void theProbabilityOfMergedEmotionsIsTheirMean() {
        LabelMap labels = LabelMap.of(Map.of("calm", "neutral"));
        Probabilities merged = labels.apply(CLIP);
        assertThat(merged.of(0)).isCloseTo(0.225f / 0.775f, within(1e-6f));
        assertThat(merged.of(1)).isZero();
        assertThat(merged.of(2)).isCloseTo(0.3f / 0.775f, within(1e-6f));
        assertThat(labels.merged()).containsExactly("calm = neutral");
    }

    @Test
    void anEmotionThatTheModelDoesNotKnowDoesNotLowerTheMean() {
        Probabilities unaware = new Probabilities(new float[] {0.4f, 0, 0.6f, 0, 0, 0, 0, 0});
        LabelMap labels =
                LabelMap.of(Map.of("calm", "neutral")).trainedOn(Set.of(Emotion.NEUTRAL, Emotion.HAPPY, Emotion.SAD));
        assertThat(labels.apply(unaware).of(0)).isCloseTo(0.4f, within(1e-6f));
        assertThat(labels.of(Emotion.CALM)).contains(Emotion.NEUTRAL);
    }

    @Test
    void excludedEmotionsAreNeverPredicted() {
        LabelMap labels =
                LabelMap.of(Map.of("calm", "neutral", "happy", "")).restrictedTo(Set.of(Emotion.SAD, Emotion.ANGRY));
        Probabilities rest = labels.apply(CLIP);
        assertThat(rest.of(Emotion.SAD.label())).isCloseTo(2 / 3f, within(1e-6f));
        assertThat(rest.of(Emotion.ANGRY.label())).isCloseTo(1 / 3f, within(1e-6f));
        assertThat(rest.of(Emotion.NEUTRAL.label())).isZero();
        assertThat(labels.of(Emotion.CALM)).isEmpty();
        assertThat(labels.of(new TreeSet<>(EmotionSet.EIGHT.emotions()))).containsExactly(Emotion.SAD, Emotion.ANGRY);
    }

    @Test
    void withoutProbabilityTheRemainingEmotionsAreEquallyLikely() {
        Probabilities certain = new Probabilities(new float[] {1, 0, 0, 0, 0, 0, 0, 0});
        Probabilities rest = LabelMap.identity()
                .restrictedTo(Set.of(Emotion.SAD, Emotion.ANGRY))
                .apply(certain);
        assertThat(rest.of(Emotion.SAD.label())).isEqualTo(0.5f);
        assertThat(rest.of(Emotion.ANGRY.label())).isEqualTo(0.5f);
    }

    /** The model distinguishes three other emotions, and the corpus has the eight. */
    @Test
    void emotionsAreMappedByNameOrByTheMap() {
        EmotionSet own = EmotionSet.ofModel(List.of("relaxed", "happy", "urgent"));
        LabelMap labels = LabelMap.of(own, EmotionSet.EIGHT, Map.of("calm", "relaxed", "anger", "urgent"));
        assertThat(labels.of(Emotion.CALM)).contains(own.ofLabel(0));
        assertThat(labels.of(Emotion.HAPPY)).contains(own.ofLabel(1));
        assertThat(labels.of(Emotion.SAD)).isEmpty();
        assertThat(labels.of(own.ofLabel(2))).contains(own.ofLabel(2));
        assertThat(labels.merged()).containsExactly("angry = urgent", "calm = relaxed");
        assertThat(labels.restrictedTo(Set.of(own.ofLabel(0), own.ofLabel(2)))
                        .apply(new Probabilities(own, new float[] {0.3f, 0.5f, 0.2f}))
                        .values())
                .containsExactly(new float[] {0.6f, 0, 0.4f}, within(1e-6f));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelMap.of(own, own, Map.of("calm", "relaxed")))
                .withMessageStartingWith("evaluate.labels.calm: emotion is \"calm\"; allowed: relaxed, happy, urgent");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelMap.of(own, EmotionSet.EIGHT, Map.of("calm", "neutral")))
                .withMessageStartingWith("evaluate.labels.calm: emotion is \"neutral\"");
    }

    @Test
    void ambiguousMapsAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelMap.of(Map.of("clam", "neutral")))
                .withMessageContaining("evaluate.labels.clam")
                .withMessageContaining("did you mean calm?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelMap.of(Map.of("joy", "sad", "happy", "angry")))
                .withMessage("evaluate.labels maps happy twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelMap.of(Map.of("calm", "neutral", "neutral", "sad")))
                .withMessageContaining("maps calm to neutral, which is mapped itself");
    }
}
