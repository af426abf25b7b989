package org.speechemotion.train;

/** What becomes of the learning rate in the course of a training; {@link ScheduledRate} has the formulas. */
public enum Schedule {
    /** It stays. */
    CONSTANT,
    /** It falls by the same amount every time and would be at its lowest after the last. */
    LINEAR,
    /** It falls as half a cosine does (Loshchilov and Hutter, arXiv 1608.03983, without restarts). */
    COSINE,
    /** It falls as half a cosine does, again and again (the same, with restarts). */
    COSINE_RESTARTS,
    /** It rises and then falls, each as half a cosine does (Smith and Topin, arXiv 1708.07120). */
    ONE_CYCLE;

    /** Whether the rate of an epoch depends on how many epochs there are in all. */
    public boolean spansTheTraining() {
        return switch (this) {
            case CONSTANT, COSINE_RESTARTS -> false;
            case LINEAR, COSINE, ONE_CYCLE -> true;
        };
    }
}
