package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.scoring.Score.Scored;

class ScoreTest {

    @Test
    void theEmotionIsTheLikeliest() {
        Scored score = new Scored("a.wav", 1, new float[] {0.1f, 0.1f, 0.1f, 0.2f, 0.4f, 0.1f, 0, 0}, Optional.empty());
        assertThat(score.emotion()).isEqualTo(Emotion.ANGRY);
        assertThat(score.confidence()).isEqualTo(0.4f);
    }

    @Test
    void ofEqualsTheFirst() {
        Scored score = new Scored("a.wav", 1, new float[] {0, 0.5f, 0, 0.5f, 0, 0, 0, 0}, Optional.empty());
        assertThat(score.emotion()).isEqualTo(Emotion.CALM);
    }

    @Test
    void belowTheThresholdTheAnswerIsUncertain() {
        Scored score = new Scored("a.wav", 1, new float[] {0, 0.5f, 0, 0.25f, 0.25f, 0, 0, 0}, Optional.empty());
        assertThat(score.answer(0)).isEqualTo("calm");
        assertThat(score.answer(0.5)).isEqualTo("calm");
        assertThat(score.answer(0.51)).isEqualTo("uncertain");
    }
}
