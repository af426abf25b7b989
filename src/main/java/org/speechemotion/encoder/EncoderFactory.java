package org.speechemotion.encoder;

import java.nio.file.Path;
import java.util.List;
import org.speechemotion.plugin.Plugin;

/** Opens one kind of encoder. Users choose it by its {@link #name()}. */
public interface EncoderFactory extends Plugin {

    /**
     * Opens the encoder, which the caller must close.
     *
     * @throws IllegalArgumentException if the settings are inconsistent
     */
    Encoder open(EncoderSettings settings);

    /** Returns whether the encoder computes its frames without trained weights. */
    default boolean isWeightFree() {
        return false;
    }

    /**
     * Returns the local files that determine the output of the encoder, so that they can be copied into a model or sent to
     * executors. An encoder without files returns an empty list.
     *
     * @throws IllegalArgumentException if a file is missing
     */
    default List<Path> files(EncoderSettings settings) {
        return List.of();
    }
}
