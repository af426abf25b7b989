package org.speechemotion.metrics;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The scores of a confusion matrix, each in [0, 1]. Without clips all are 0; none is ever NaN.
 *
 * <p>The two averages are over the emotions that have clips, so that a corpus without calm, such as CREMA-D, is not
 * scored 0 for it.
 *
 * @param n the number of clips
 * @param accuracy the share of clips that were predicted correctly
 * @param unweightedAverageRecall the mean recall of the emotions with clips, the usual measure of the field (Schuller et
 *     al., "The INTERSPEECH 2009 Emotion Challenge"), also called balanced accuracy
 * @param macroF1 the mean F1 of the emotions with clips
 * @param classes the scores of each emotion, in label order
 */
public record Scores(
        long n, double accuracy, double unweightedAverageRecall, double macroF1, List<ClassScores> classes) {
    public Scores {
        classes = List.copyOf(classes);
    }

    /** Computes the scores of a confusion matrix. */
    public static Scores of(ConfusionMatrix matrix) {
        List<ClassScores> classes = matrix.emotions().stream()
                .map(emotion -> ClassScores.of(matrix, emotion))
                .toList();
        long correct = matrix.emotions().stream()
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
