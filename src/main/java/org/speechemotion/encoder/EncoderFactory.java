package org.speechemotion.encoder;

import org.speechemotion.plugin.Plugin;

/** Opens one kind of encoder. Users choose it by its {@link #name()}. */
public interface EncoderFactory extends Plugin {

    /**
     * Opens the encoder, which the caller must close.
     *
     * @throws IllegalArgumentException if the settings are inconsistent
     */
    Encoder open(EncoderSettings settings);
}
