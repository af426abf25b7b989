package org.speechemotion.train;

import java.util.Locale;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Scores;

/**
 * What an epoch brought.
 *
 * @param epoch counted from 1
 * @param epochs in all
 * @param learningRate used in the epoch's last step
 * @param trainLoss mean cross-entropy of the training batches, in nats
 * @param gradientNorm mean Euclidean norm of the steps' gradients, before they were clipped
 * @param trainMatrix of a sample of the training clips, predicted as the epoch ended
 * @param validationLoss mean cross-entropy of the validation clips, in nats; NaN without validation clips
 * @param validationMatrix of the validation clips
 * @param best whether its validation UAR is the best so far
 * @param clipsPerSecond trained, validation left out
 * @param seconds that it took, validation and all
 */
public record EpochReport(
        int epoch,
        int epochs,
        double learningRate,
        double trainLoss,
        double gradientNorm,
        ConfusionMatrix trainMatrix,
        double validationLoss,
        ConfusionMatrix validationMatrix,
        boolean best,
        double clipsPerSecond,
        double seconds) {

    /** The time until the last epoch ends at this epoch's pace, in s. */
    public double secondsLeft() {
        return seconds * (epochs - epoch);
    }

    public Scores training() {
        return Scores.of(trainMatrix);
    }

    public Scores validation() {
        return Scores.of(validationMatrix);
    }

    /** The epoch's progress as one line of text. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.4f%s  %.0f clips/s",
                epoch,
                epochs,
                trainLoss,
                validationMatrix.total() == 0 ? "" : validationPart(),
                clipsPerSecond);
    }

    /** The time until the last epoch ends at this epoch's pace, such as {@code 1 min 5 s left}. */
    public String remaining() {
        return duration(secondsLeft()) + " left";
    }

    private String validationPart() {
        Scores scores = validation();
        return String.format(
                Locale.ROOT,
                "  validation loss %.4f  accuracy %.1f %%  UAR %.1f %%%s",
                validationLoss,
                100 * scores.accuracy(),
                100 * scores.unweightedAverageRecall(),
                best ? " (best)" : "");
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        long minutes = whole / 60;
        return minutes < 60 ? minutes + " min " + whole % 60 + " s" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
