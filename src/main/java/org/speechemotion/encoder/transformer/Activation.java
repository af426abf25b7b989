package org.speechemotion.encoder.transformer;

/** The non-linearities that checkpoints name. */
public enum Activation {
    /** The exact GELU, x · Φ(x) (Hendrycks and Gimpel, arXiv 1606.08415). */
    GELU,
    /** max(x, 0). */
    RELU
}
