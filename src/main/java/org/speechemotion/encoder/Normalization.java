package org.speechemotion.encoder;

/** What is taken out of the frames of one clip. */
public enum Normalization {
    /** Nothing: log energies as they are. */
    NONE,
    /** The mean, which removes the recording's gain and its linear channel. */
    MEAN,
    /** The mean and the standard deviation. */
    MEAN_VARIANCE,
    /** One mean and one standard deviation of all bands together: removes the gain, keeps the spectrum's shape. */
    CLIP
}
