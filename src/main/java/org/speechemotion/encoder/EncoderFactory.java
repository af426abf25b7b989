package org.speechemotion.encoder;

/** A kind of encoder, found through {@link java.util.ServiceLoader}. */
public interface EncoderFactory {

    /** What a user writes to choose it. */
    String name();

    /**
     * Opens the encoder; the caller closes it.
     *
     * @throws IllegalArgumentException if the settings do not fit together
     */
    Encoder open(EncoderSettings settings);
}
