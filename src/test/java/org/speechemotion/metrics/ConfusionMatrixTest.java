package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.random.KeyedRandom;

class ConfusionMatrixTest {
    @Test
    void counts() {
        ConfusionMatrix matrix = ConfusionMatrix.empty()
                .plus(Emotion.SAD, Emotion.CALM)
                .plus(Emotion.SAD, Emotion.CALM)
                .plus(Emotion.CALM, Emotion.CALM);

        assertThat(matrix.count(Emotion.SAD, Emotion.CALM)).isEqualTo(2);
        assertThat(matrix.count(Emotion.CALM, Emotion.SAD)).isZero();
        assertThat(matrix.total()).isEqualTo(3);
        assertThat(ConfusionMatrix.empty().total()).isZero();
    }

    @Test
    void mergingIsCommutativeAndAssociative() {
        KeyedRandom random = new KeyedRandom(1);
        ConfusionMatrix whole = ConfusionMatrix.empty();
        List<ConfusionMatrix> parts = new ArrayList<>(List.of(ConfusionMatrix.empty(), ConfusionMatrix.empty()));
        for (int i = 0; i < 300; i++) {
            Emotion truth = EmotionSet.EIGHT.ofLabel(random.nextInt(8));
            Emotion predicted = EmotionSet.EIGHT.ofLabel(random.nextInt(8));
            int part = random.nextInt(2);
            whole = whole.plus(truth, predicted);
            parts.set(part, parts.get(part).plus(truth, predicted));
        }

        assertThat(parts.get(0).merge(parts.get(1))).isEqualTo(whole).hasSameHashCodeAs(whole);
        assertThat(parts.get(1).merge(parts.get(0))).isEqualTo(whole);
        assertThat(whole.merge(ConfusionMatrix.empty())).isEqualTo(whole);
        assertThat(ConfusionMatrix.of(whole.counts())).isEqualTo(whole);
    }

    @Test
    void matricesOfDifferentEmotionsDiffer() throws IOException {
        EmotionSet own = EmotionSet.ofModel(List.of("relaxed", "urgent"));
        ConfusionMatrix matrix = ConfusionMatrix.empty(own).plus(own.ofLabel(0), own.ofLabel(1));
        assertThat(Scores.of(matrix).classes())
                .extracting(one -> one.emotion().id())
                .containsExactly("relaxed", "urgent");
        assertThat(ConfusionMatrix.empty().merge(matrix)).isEqualTo(matrix);
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readValue(json.writeValueAsString(matrix), ConfusionMatrix.class))
                .isEqualTo(matrix);
        ConfusionMatrix eight = ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.CALM);
        assertThatThrownBy(() -> matrix.merge(eight))
                .hasMessageStartingWith("the confusion matrices are of relaxed, urgent and of neutral, calm,");
    }

    @Test
    void cannotBeChangedFromOutside() {
        long[][] counts = new long[8][8];
        ConfusionMatrix matrix = ConfusionMatrix.of(counts);

        counts[0][0] = 5;
        matrix.counts()[0][0] = 7;

        assertThat(matrix).isEqualTo(ConfusionMatrix.empty());
    }

    @Test
    void refusesOtherShapesAndNegativeCounts() {
        assertThatThrownBy(() -> ConfusionMatrix.of(new long[7][8])).hasMessageContaining("8 rows of 8");
        assertThatThrownBy(() -> ConfusionMatrix.of(new long[8][6])).hasMessageContaining("rows of [6, 6");
        long[][] negative = new long[8][8];
        negative[3][4] = -1;
        assertThatThrownBy(() -> ConfusionMatrix.of(negative)).hasMessageContaining("negative");
    }
}
