package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.EmotionSet;

class TrainedEmotionsTest {
    @Test
    void aMissingEmotionIsAWarning() {
        TrainedEmotions crema = new TrainedEmotions(EmotionSet.EIGHT, List.of(9L, 0L, 8L, 7L, 6L, 5L, 4L, 0L));
        assertThat(crema.share()).isEqualTo("6 of 8");
        assertThat(crema.warning())
                .contains("WARNING: the model is trained on 6 of 8 emotions. No training clip is labelled calm,"
                        + " surprised: it can hardly ever predict it");
        assertThat(crema).hasToString("neutral 9, calm 0, happy 8, sad 7, angry 6, fearful 5, disgust 4, surprised 0");
    }

    @Test
    void completeTrainingsHaveNoWarning() {
        TrainedEmotions all = new TrainedEmotions(EmotionSet.EIGHT, List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L));
        assertThat(all.share()).isEqualTo("8 of 8");
        assertThat(all.warning()).isEmpty();
    }
}
