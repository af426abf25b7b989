package org.speechemotion.report;

import java.util.Locale;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ClassScores;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Scores;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.train.EpochReport;

/**
 * Formats the confusion matrix at the end of an epoch: that of the validation side or, without one, of a sample of the
 * train side.
 */
final class EpochConfusion {
    private EpochConfusion() {}

    static Figure of(EpochReport report) {
        ConfusionMatrix matrix = matrix(report);
        String title = String.format(
                Locale.ROOT,
                "Epoch %d, %s: UAR %.1f %%",
                report.epoch(),
                side(report),
                100 * Scores.of(matrix).unweightedAverageRecall());
        return ConfusionPlot.of(matrix, title);
    }

    /** Returns the counts as a table in Markdown, with the recall of each emotion. */
    static String markdown(EpochReport report) {
        ConfusionMatrix matrix = matrix(report);
        StringBuilder table = new StringBuilder("True emotions in rows, predicted ones in columns, ")
                .append(side(report))
                .append(".\n\n| |");
        for (Emotion emotion : matrix.emotions()) {
            table.append(' ').append(emotion.id()).append(" |");
        }
        table.append(" recall |\n|---|")
                .append("--:|".repeat(matrix.emotions().size() + 1))
                .append('\n');
        for (ClassScores scores : Scores.of(matrix).classes()) {
            table.append("| **").append(scores.emotion().id()).append("** |");
            for (Emotion predicted : matrix.emotions()) {
                long count = matrix.count(scores.emotion(), predicted);
                table.append(predicted.equals(scores.emotion()) ? " **" + count + "** |" : " " + count + " |");
            }
            table.append(scores.support() == 0 ? " – |" : " " + Percent.of(scores.recall()) + " |")
                    .append('\n');
        }
        return table.toString();
    }

    static ConfusionMatrix matrix(EpochReport report) {
        return isValidated(report) ? report.validationMatrix() : report.trainMatrix();
    }

    static String side(EpochReport report) {
        return isValidated(report) ? "validation side" : "sample of the train side";
    }

    private static boolean isValidated(EpochReport report) {
        return report.validationMatrix().total() > 0;
    }
}
