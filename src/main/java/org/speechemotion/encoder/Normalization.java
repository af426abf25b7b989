package org.speechemotion.encoder;

/** The normalisation of the frames of one clip. */
public enum Normalization {
    /** Keeps the log energies unchanged. */
    NONE,
    /** Subtracts the mean of each band, which removes the gain and the linear channel of the recording. */
    MEAN,
    /** Subtracts the mean of each band and divides by its standard deviation. */
    MEAN_VARIANCE,
    /** Uses one mean and one deviation for all bands, which removes the gain but keeps the shape of the spectrum. */
    CLIP
}
