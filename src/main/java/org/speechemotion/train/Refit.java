package org.speechemotion.train;

/**
 * Whether the model is trained anew on the speakers of the training and the validation side together, after the validation side
 * has calibrated it.
 */
public enum Refit {
    /** With encoders without weights, because their networks train in minutes. */
    AUTO,
    ALWAYS,
    NEVER
}
