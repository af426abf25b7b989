package org.speechemotion.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.speechemotion.corpus.Emotion;

/**
 * What a confusion matrix says, every score in [0, 1]. Without clips all are 0; none is ever NaN.
 *
 * <p>The two averages are over the emotions that have clips: a corpus without calm (CREMA-D) is not marked down for it.
 *
 * @param n how many clips there are
 * @param accuracy share of clips predicted right
 * @param unweightedAverageRecall mean recall of the emotions with clips, the field's headline figure (Schuller et al. 2009,
 *     the INTERSPEECH 2009 Emotion Challenge), also called balanced accuracy
 * @param macroF1 mean F1 of the emotions with clips
 * @param classes one for every emotion, in label order
 */
public record Scores(
        long n, double accuracy, double unweightedAverageRecall, double macroF1, List<ClassScores> classes) {
    public Scores {
        classes = List.copyOf(classes);
    }

    /** The scores of the clips in the matrix. */
    public static Scores of(ConfusionMatrix matrix) {
        List<ClassScores> classes = Arrays.stream(Emotion.values())
                .map(emotion -> ClassScores.of(matrix, emotion))
                .toList();
        long correct = Arrays.stream(Emotion.values())
                .mapToLong(emotion -> matrix.count(emotion, emotion))
                .sum();
        long n = matrix.total();
        return new Scores(
                n,
                ratio(correct, n),
                meanOfSupported(classes, ClassScores::recall),
                meanOfSupported(classes, ClassScores::f1),
                classes);
    }

    private static double meanOfSupported(List<ClassScores> classes, ToDoubleFunction<ClassScores> score) {
        return classes.stream()
                .filter(scores -> scores.support() > 0)
                .mapToDouble(score)
                .average()
                .orElse(0);
    }

    static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
