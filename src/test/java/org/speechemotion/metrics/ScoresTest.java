package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;

class ScoresTest {
    private static final Offset<Double> EXACT = within(1e-14);

    /** A matrix without calm and surprised, like that of CREMA-D; fearful is never right. */
    private static final ConfusionMatrix MATRIX = ConfusionMatrix.of(new long[][] {
        {37, 5, 6, 8, 5, 6, 7, 0},
        {0, 0, 0, 0, 0, 0, 0, 0},
        {1, 7, 8, 4, 7, 2, 3, 0},
        {6, 2, 8, 13, 4, 4, 5, 0},
        {4, 8, 7, 7, 35, 5, 3, 0},
        {4, 1, 7, 1, 7, 0, 1, 0},
        {4, 0, 1, 4, 8, 4, 34, 0},
        {0, 0, 0, 0, 0, 0, 0, 0}
    });

    /** Expected values from scikit-learn 1.9.1 on the same 293 pairs, zero_division=0. */
    @Test
    void agreesWithScikitLearn() {
        Scores scores = Scores.of(MATRIX);

        assertThat(scores.n()).isEqualTo(293);
        assertThat(scores.accuracy()).isCloseTo(0.4334470989761092, EXACT); // accuracy_score
        assertThat(scores.unweightedAverageRecall()).isCloseTo(0.364158667419537, EXACT); // balanced_accuracy_score
        assertThat(scores.macroF1()).isCloseTo(0.3797294832334275, EXACT); // f1_score over the labels with support

        double[] precision = {
            0.6607142857142857,
            0,
            0.21621621621621623,
            0.35135135135135137,
            0.5303030303030303,
            0,
            0.6415094339622641,
            0
        };
        double[] recall = {0.5, 0, 0.25, 0.30952380952380953, 0.5072463768115942, 0, 0.6181818181818182, 0};
        double[] f1 = {
            0.5692307692307692, 0, 0.2318840579710145, 0.3291139240506329, 0.5185185185185185, 0, 0.6296296296296297, 0
        };
        long[] support = {74, 0, 32, 42, 69, 21, 55, 0};
        assertThat(scores.classes()).extracting(ClassScores::emotion).containsExactlyElementsOf(EmotionSet.EIGHT);
        for (ClassScores one : scores.classes()) {
            int label = one.emotion().label();
            assertThat(one.precision()).isCloseTo(precision[label], EXACT);
            assertThat(one.recall()).isCloseTo(recall[label], EXACT);
            assertThat(one.f1()).isCloseTo(f1[label], EXACT);
            assertThat(one.support()).isEqualTo(support[label]);
        }
    }

    @Test
    void withoutClipsEveryScoreIsZero() {
        Scores scores = Scores.of(ConfusionMatrix.empty());

        assertThat(scores.n()).isZero();
        assertThat(scores.accuracy()).isZero();
        assertThat(scores.unweightedAverageRecall()).isZero();
        assertThat(scores.macroF1()).isZero();
        assertThat(scores.classes()).hasSize(8).allSatisfy(one -> assertThat(one)
                .isEqualTo(new ClassScores(one.emotion(), 0, 0, 0, 0)));
    }

    @Test
    void oneRightClipIsPerfect() {
        Scores scores = Scores.of(ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.SAD));

        assertThat(scores.accuracy()).isEqualTo(1);
        assertThat(scores.unweightedAverageRecall()).isEqualTo(1);
        assertThat(scores.macroF1()).isEqualTo(1);
    }
}
