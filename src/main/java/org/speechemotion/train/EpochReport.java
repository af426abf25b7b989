package org.speechemotion.train;

import java.util.Locale;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Scores;

/**
 * The measurements of an epoch.
 *
 * @param epoch the epoch, counted from 1
 * @param epochs the number of epochs of the training
 * @param learningRate the learning rate of the epoch's last step
 * @param trainLoss the mean cross-entropy of the training batches, in nats
 * @param gradientNorm the mean Euclidean norm of the steps' gradients before clipping
 * @param trainMatrix the confusion matrix of a sample of the training clips, predicted after the epoch
 * @param validationLoss the mean cross-entropy of the validation clips, in nats; NaN without validation clips
 * @param validationMatrix the confusion matrix of the validation clips
 * @param best whether the validation UAR is the best so far
 * @param clipsPerSecond the training clips per second, without the time of validation
 * @param seconds the duration of the epoch, including validation
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

    /** Returns the time in s until the last epoch ends, at this epoch's pace. */
    public double secondsLeft() {
        return seconds * (epochs - epoch);
    }

    public Scores training() {
        return Scores.of(trainMatrix);
    }

    public Scores validation() {
        return Scores.of(validationMatrix);
    }

    /** Returns the epoch's progress as one line of text. */
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

    /** Returns the time until the last epoch ends, at this epoch's pace, such as {@code 1 min 5 s left}. */
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
