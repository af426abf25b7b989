package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EmotionTest {
    @Test
    void labelsAreTheOrderOfRavdess() {
        assertThat(EmotionSet.EIGHT.stream().map(Emotion::id))
                .containsExactly("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised");
        assertThat(EmotionSet.EIGHT.stream().map(Emotion::label)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(EmotionSet.EIGHT.size()).isEqualTo(8);
    }

    @Test
    void labelsAndIdsRoundTrip() {
        for (Emotion emotion : EmotionSet.EIGHT) {
            assertThat(EmotionSet.EIGHT.ofLabel(emotion.label())).isEqualTo(emotion);
            assertThat(EmotionSet.EIGHT.parse(emotion.id())).isEqualTo(emotion);
        }
        assertThat(EmotionSet.EIGHT.parse("Happy")).isEqualTo(Emotion.HAPPY);
    }

    @Test
    void unknownEmotionsAreRejectedWithTheKnownOnes() {
        assertThat(EmotionSet.EIGHT.parse("JOY")).isEqualTo(Emotion.HAPPY);
        assertThatThrownBy(() -> EmotionSet.EIGHT.parse("hapy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "emotion is \"hapy\"; allowed: neutral, calm, happy, sad, angry, fearful, disgust, surprised,"
                                + " or another common name of one of them; did you mean hap?");
        assertThatThrownBy(() -> EmotionSet.EIGHT.ofLabel(8)).hasMessage("emotion label is 8; allowed: 0 to 7");
        assertThatThrownBy(() -> EmotionSet.EIGHT.ofLabel(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
