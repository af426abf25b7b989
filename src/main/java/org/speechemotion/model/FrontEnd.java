package org.speechemotion.model;

import java.util.Optional;
import org.nd4j.linalg.learning.config.IUpdater;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** The trained layer between the frames of an encoder and the network. */
public interface FrontEnd {

    /**
     * No layer: the network takes the frames of the encoder.
     *
     * @param width the number of values per frame
     * @param prosodyWidth the number of leading values that describe the prosody
     */
    record None(int width, int prosodyWidth) implements FrontEnd {
        /** Creates a front end for frames without prosody. */
        public None(int width) {
            this(width, 0);
        }

        @Override
        public int inputWidth() {
            return width;
        }

        @Override
        public Optional<GraphLayer> layer() {
            return Optional.empty();
        }
    }

    /** A weighted sum of all hidden states, which {@link Tap.AllHidden} provides. */
    record Mixing(TransformerConfig config) implements FrontEnd {
        @Override
        public int inputWidth() {
            return new Tap.AllHidden().width(config);
        }

        @Override
        public int width() {
            return config.width();
        }

        @Override
        public Optional<GraphLayer> layer() {
            return Optional.of(new LayerMixing(config.layers() + 1, config.width()));
        }
    }

    /**
     * A part of a transformer.
     *
     * @param span the trained part
     * @param updater the updater of its parameters
     */
    record FineTuned(TransformerConfig config, EncoderSpan span, IUpdater updater) implements FrontEnd {
        @Override
        public int inputWidth() {
            return span.from().width(config);
        }

        @Override
        public int width() {
            return config.width();
        }

        @Override
        public Optional<GraphLayer> layer() {
            return Optional.of(new FineTunedEncoder(config, span, updater));
        }
    }

    /**
     * Adapted layers of a transformer.
     *
     * @param span the layers, above some that are frozen
     * @param base the fingerprint of the folder of the encoder
     * @param updater the updater of the adapters
     */
    record Adapted(TransformerConfig config, EncoderSpan span, Lora lora, String base, IUpdater updater)
            implements FrontEnd {
        @Override
        public int inputWidth() {
            return span.from().width(config);
        }

        @Override
        public int width() {
            return config.width();
        }

        @Override
        public Optional<GraphLayer> layer() {
            return Optional.of(new AdaptedEncoder(config, span, lora, base, updater));
        }
    }

    /** Returns the number of values per input frame; it is 1 for audio. */
    int inputWidth();

    /** Returns the number of values per output frame. */
    int width();

    /** Returns the number of leading values of an output frame that describe its prosody; 0 if none do. */
    default int prosodyWidth() {
        return 0;
    }

    /** Returns the layer, if there is one. */
    Optional<GraphLayer> layer();
}
