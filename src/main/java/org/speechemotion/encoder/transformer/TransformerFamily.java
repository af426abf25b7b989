package org.speechemotion.encoder.transformer;

import java.util.Optional;
import org.speechemotion.plugin.Plugin;

/** A family of speech transformers. Its {@link #name()} is the {@code model_type} in {@code config.json}. */
public interface TransformerFamily extends Plugin {

    /** Returns whether a layer norm precedes the projection, which only some HuBERT models lack. */
    default boolean projectionNorm(ConfigFile config) {
        return true;
    }

    /** Returns the relative position bias of the attention, if the family has one. */
    default Optional<RelativePosition> relativePosition(ConfigFile config) {
        return Optional.empty();
    }
}
