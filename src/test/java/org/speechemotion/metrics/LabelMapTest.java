package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;

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
        LabelMap labels = LabelMap.of(Map.of("calm", "neutral"))
                .forModel(EnumSet.of(Emotion.NEUTRAL, Emotion.HAPPY, Emotion.SAD));
        assertThat(labels.apply(unaware).of(0)).isCloseTo(0.4f, within(1e-6f));
        assertThat(labels.of(Emotion.CALM)).contains(Emotion.NEUTRAL);
    }

    @Test
    void emotionsThatAreLeftOutAreNeverTheAnswer() {
        LabelMap labels = LabelMap.of(Map.of("calm", "neutral", "happy", ""))
                .restrictedTo(EnumSet.of(Emotion.SAD, Emotion.ANGRY));
        Probabilities rest = labels.apply(CLIP);
        assertThat(rest.of(Emotion.SAD.label())).isCloseTo(2 / 3f, within(1e-6f));
        assertThat(rest.of(Emotion.ANGRY.label())).isCloseTo(1 / 3f, within(1e-6f));
        assertThat(rest.of(Emotion.NEUTRAL.label())).isZero();
        assertThat(labels.of(Emotion.CALM)).isEmpty();
        assertThat(labels.of(EnumSet.allOf(Emotion.class))).containsExactly(Emotion.SAD, Emotion.ANGRY);
    }

    @Test
    void ifNothingRemainsTheRemainingEmotionsAreEquallyLikely() {
        Probabilities certain = new Probabilities(new float[] {1, 0, 0, 0, 0, 0, 0, 0});
        Probabilities rest = LabelMap.identity()
                .restrictedTo(EnumSet.of(Emotion.SAD, Emotion.ANGRY))
                .apply(certain);
        assertThat(rest.of(Emotion.SAD.label())).isEqualTo(0.5f);
        assertThat(rest.of(Emotion.ANGRY.label())).isEqualTo(0.5f);
    }

    @Test
    void aMapThatIsNotClearIsRejected() {
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
