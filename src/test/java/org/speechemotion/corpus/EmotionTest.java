package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmotionTest {
    @Test
    void labelsAreTheOrderOfRavdess() {
        assertThat(Arrays.stream(Emotion.values()).map(Emotion::id))
                .containsExactly("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised");
        assertThat(Arrays.stream(Emotion.values()).map(Emotion::label)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(Emotion.count()).isEqualTo(8);
    }

    @Test
    void labelsAndIdsLeadBack() {
        for (Emotion emotion : Emotion.values()) {
            assertThat(Emotion.ofLabel(emotion.label())).isEqualTo(emotion);
            assertThat(Emotion.parse(emotion.id())).isEqualTo(emotion);
        }
        assertThat(Emotion.parse("Happy")).isEqualTo(Emotion.HAPPY);
    }

    @Test
    void unknownOnesAreRefusedWithTheKnown() {
        assertThat(Emotion.parse("JOY")).isEqualTo(Emotion.HAPPY);
        assertThatThrownBy(() -> Emotion.parse("hapy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "emotion is \"hapy\"; allowed: neutral, calm, happy, sad, angry, fearful, disgust, surprised,"
                                + " or another common name of one of them; did you mean hap?");
        assertThatThrownBy(() -> Emotion.ofLabel(8)).hasMessage("emotion label is 8; allowed: 0 to 7");
        assertThatThrownBy(() -> Emotion.ofLabel(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
