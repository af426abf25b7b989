package org.speechemotion.model;

import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;

/** What DL4J's constructor asks for and our layers have no use for: they are built by their own constructors. */
final class EmptyBuilder extends SameDiffLayer.Builder<EmptyBuilder> {
    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // the superclass asks for it
    public <E extends Layer> E build() {
        throw new IllegalStateException("the layers of org.speechemotion.model are built by their constructors");
    }
}
