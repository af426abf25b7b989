package org.speechemotion.train;

import java.util.Locale;

/** The epoch or epochs whose network becomes the model. */
public enum EpochSelection {
    /** The epoch with the best validation UAR, the first of equals; the last epoch if there are no validation clips. */
    BEST,
    /** The last epoch. */
    LAST,
    /** The mean of the parameters of the last epochs (stochastic weight averaging; Izmailov et al., arXiv 1803.05407). */
    MEAN_OF_LAST;

    /** Returns the name in settings. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
