package org.speechemotion.model;

import java.util.Optional;
import org.nd4j.linalg.learning.config.IUpdater;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** What of the encoder is trained, before everything else of the network. */
public sealed interface FrontEnd {

    /**
     * Nothing: the network takes the encoder's frames.
     *
     * @param width values a frame
     */
    record None(int width) implements FrontEnd {
        @Override
        public int inputWidth() {
            return width;
        }

        @Override
        public Optional<GraphLayer> layer() {
            return Optional.empty();
        }
    }

    /** The weights of a sum of all hidden states, which {@link Tap.AllHidden} gives. */
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
     * A part of the encoder.
     *
     * @param span which part
     * @param updater of its parameters, apart from the head's
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

    /** Values a frame that the network takes; 1 for audio. */
    int inputWidth();

    /** Values a frame that it hands on. */
    int width();

    /** The layer, if there is one. */
    Optional<GraphLayer> layer();
}
