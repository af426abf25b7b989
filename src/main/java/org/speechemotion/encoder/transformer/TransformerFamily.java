package org.speechemotion.encoder.transformer;

import java.util.Optional;
import org.speechemotion.plugin.Plugin;

/** A family of speech transformers; its {@link #name()} is the {@code model_type} of {@code config.json}. */
public interface TransformerFamily extends Plugin {

    /** Whether a layer norm stands before the projection; every family but some HuBERTs has one. */
    default boolean projectionNorm(ConfigFile config) {
        return true;
    }

    /** The relative position bias of the attention, where the family has one. */
    default Optional<RelativePosition> relativePosition(ConfigFile config) {
        return Optional.empty();
    }
}
