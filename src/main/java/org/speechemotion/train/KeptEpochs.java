package org.speechemotion.train;

/**
 * The epochs whose network or mean network is the model, counted from 1.
 *
 * @param keep the rule that selected them
 * @param first the first of them
 * @param last the last of them; if it is not the first, the model is the mean of all from the first to the last
 * @param best the epoch with the best validation UAR, kept or not
 * @param refit the number of epochs of the network that was trained anew and is the model; 0 for none; see {@link Refit}
 */
public record KeptEpochs(EpochSelection keep, int first, int last, int best, int refit) {

    /** Creates epochs whose network is the model. */
    public KeptEpochs(EpochSelection keep, int first, int last, int best) {
        this(keep, first, last, best, 0);
    }

    /** Returns the best epoch alone. */
    public static KeptEpochs best(int epoch) {
        return new KeptEpochs(EpochSelection.BEST, epoch, epoch, epoch);
    }

    /** Returns these epochs, after which a new network was trained for the given number of epochs. */
    public KeptEpochs withRefit(int epochs) {
        return new KeptEpochs(keep, first, last, best, epochs);
    }

    /** Returns the numbers of the epochs, such as {@code 27} or {@code 31 to 40}. */
    public String numbers() {
        return first == last ? Integer.toString(first) : first + " to " + last;
    }

    /** Returns a description, such as {@code epoch 27} or {@code the mean of epochs 31 to 40}. */
    public String text() {
        return (first == last ? "epoch " : "the mean of epochs ") + numbers();
    }
}
