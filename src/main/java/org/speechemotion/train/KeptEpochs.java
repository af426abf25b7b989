package org.speechemotion.train;

/**
 * The epochs that a model is of, counted from 1.
 *
 * @param keep why these
 * @param first of them
 * @param last of them; where it is not the first, the model is the mean of all from the first to it
 * @param best the epoch with the best validation UAR, kept or not
 */
public record KeptEpochs(Keep keep, int first, int last, int best) {

    /** The best epoch, and nothing else. */
    public static KeptEpochs best(int epoch) {
        return new KeptEpochs(Keep.BEST, epoch, epoch, epoch);
    }

    /** Such as {@code 27}, or {@code 31 to 40}. */
    public String numbers() {
        return first == last ? Integer.toString(first) : first + " to " + last;
    }

    /** Such as {@code epoch 27}, or {@code the mean of the epochs 31 to 40}. */
    public String text() {
        return (first == last ? "epoch " : "the mean of the epochs ") + numbers();
    }
}
