package org.speechemotion.report;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Scores;
import org.speechemotion.train.EpochReport;

/** The confusion matrix that an epoch ended with: the validation side's, and where there is none that of a training sample. */
final class EpochConfusion {
    private EpochConfusion() {}

    /**
     * Draws it.
     *
     * @throws IllegalStateException as {@link ConfusionPlot#draw} does
     */
    static BufferedImage draw(EpochReport report) {
        boolean validated = report.validationMatrix().total() > 0;
        ConfusionMatrix matrix = validated ? report.validationMatrix() : report.trainMatrix();
        return ConfusionPlot.draw(
                matrix.counts(),
                Arrays.stream(Emotion.values()).map(Emotion::id).toList(),
                "Epoch " + report.epoch() + ", " + (validated ? "validation side" : "sample of the training side"),
                String.format(
                        Locale.ROOT,
                        "unweighted average recall %.1f%%; each row sums to 100%%",
                        100 * Scores.of(matrix).unweightedAverageRecall()));
    }
}
