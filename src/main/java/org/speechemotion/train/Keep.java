package org.speechemotion.train;

import java.util.Locale;

/** Which network of a training becomes the model. */
public enum Keep {
    /** That of the epoch with the best validation UAR, the first of equals; the last where nobody validates. */
    BEST,
    /** That of the last epoch. */
    LAST,
    /** The mean of the parameters of the last epochs (stochastic weight averaging; Izmailov et al., arXiv 1803.05407). */
    MEAN_OF_LAST;

    /** As settings write it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
