package org.speechemotion.encoder.transformer;

/** Where an encoder's values are taken out. */
public sealed interface Tap {

    /** What the convolutions give, before the projection: {@code [time, featureWidth]}. */
    record Features() implements Tap {
        @Override
        public int width(TransformerConfig config) {
            return config.featureWidth();
        }
    }

    /**
     * One hidden state as Hugging Face counts them: {@code [time, width]}.
     *
     * @param index 0 is what the first layer takes, n what the nth gives; the last has the final norm of a pre-norm model
     */
    record Hidden(int index) implements Tap {
        @Override
        public int width(TransformerConfig config) {
            return config.width();
        }
    }

    /** Every hidden state, side by side from 0 to the last: {@code [time, (layers + 1) · width]}. */
    record Every() implements Tap {
        @Override
        public int width(TransformerConfig config) {
            return (config.layers() + 1) * config.width();
        }
    }

    /** Values a frame. */
    int width(TransformerConfig config);
}
