package org.speechemotion.model;

import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;

/** A builder that DL4J's constructor requires. The layers of this package are built by their constructors instead. */
final class EmptyBuilder extends SameDiffLayer.Builder<EmptyBuilder> {
    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // the superclass declares it
    public <E extends Layer> E build() {
        throw new IllegalStateException("the layers of org.speechemotion.model are built by their constructors");
    }
}
