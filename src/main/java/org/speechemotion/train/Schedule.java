package org.speechemotion.train;

/** The course of the learning rate during a training; see {@link ScheduledRate} for the formulas. */
public enum Schedule {
    /** The rate is constant. */
    CONSTANT,
    /** The rate falls linearly and would reach its minimum after the last epoch or step. */
    LINEAR,
    /** The rate falls along half a cosine (Loshchilov and Hutter, arXiv 1608.03983, without restarts). */
    COSINE,
    /** The rate repeatedly falls along half a cosine (the same paper, with restarts). */
    COSINE_RESTARTS,
    /** The rate rises and then falls, each along half a cosine (Smith and Topin, arXiv 1708.07120). */
    ONE_CYCLE;

    /** Returns whether the rate of an epoch depends on the total number of epochs. */
    public boolean spansTheTraining() {
        return switch (this) {
            case CONSTANT, COSINE_RESTARTS -> false;
            case LINEAR, COSINE, ONE_CYCLE -> true;
        };
    }
}
