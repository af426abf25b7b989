package org.speechemotion.encoder.transformer;

/** The activation functions that a {@code config.json} may name. */
public enum Activation {
    /** The exact GELU, x · Φ(x) (Hendrycks and Gimpel, arXiv 1606.08415). */
    GELU,
    /** max(x, 0). */
    RELU
}
