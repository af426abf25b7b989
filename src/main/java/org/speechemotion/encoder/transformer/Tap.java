package org.speechemotion.encoder.transformer;

/** The point of an encoder whose values are returned. */
public sealed interface Tap {

    /** The output of the convolutions before the projection, {@code [time, featureWidth]}. */
    record Features() implements Tap {
        @Override
        public int width(TransformerConfig config) {
            return config.featureWidth();
        }
    }

    /**
     * One hidden state, {@code [time, width]}.
     *
     * @param index the index in the counting of Hugging Face: 0 is the input of the first layer and n the output of the
     *     nth; the last one includes the final norm of a pre-norm model
     */
    record Hidden(int index) implements Tap {
        @Override
        public int width(TransformerConfig config) {
            return config.width();
        }
    }

    /** The concatenation of all hidden states, {@code [time, (layers + 1) · width]}. */
    record AllHidden() implements Tap {
        @Override
        public int width(TransformerConfig config) {
            return (config.layers() + 1) * config.width();
        }
    }

    /** Returns the number of values per frame. */
    int width(TransformerConfig config);
}
