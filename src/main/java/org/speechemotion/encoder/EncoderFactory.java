package org.speechemotion.encoder;

import org.speechemotion.plugin.Plugin;

/** A kind of encoder; {@link #name()} is what a user writes to choose it. */
public interface EncoderFactory extends Plugin {

    /**
     * Opens the encoder; the caller closes it.
     *
     * @throws IllegalArgumentException if the settings do not fit together
     */
    Encoder open(EncoderSettings settings);
}
