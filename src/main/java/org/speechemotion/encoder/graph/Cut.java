package org.speechemotion.encoder.graph;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** Where an encoder is cut in two: what is below runs forward only, what is above is a part of the trained network. */
public sealed interface Cut {

    /** Nothing is below: what comes in is audio, {@code [batch, samples, 1]}. */
    record Waveform() implements Cut {
        @Override
        public Optional<Tap> tap() {
            return Optional.empty();
        }

        @Override
        public int width(TransformerConfig config) {
            return 1;
        }

        @Override
        public String toString() {
            return "waveform";
        }
    }

    /** The feature extractor is below: {@code [batch, time, featureWidth]}. */
    record Features() implements Cut {
        @Override
        public Optional<Tap> tap() {
            return Optional.of(new Tap.Features());
        }

        @Override
        public int width(TransformerConfig config) {
            return config.featureWidth();
        }

        @Override
        public String toString() {
            return "features";
        }
    }

    /**
     * The feature extractor, the embedding and the first layers are below: {@code [batch, time, width]}.
     *
     * @param layers below the cut; also the index of the hidden state that comes in
     */
    record Hidden(int layers) implements Cut {
        @Override
        public Optional<Tap> tap() {
            return Optional.of(new Tap.Hidden(layers));
        }

        @Override
        public int width(TransformerConfig config) {
            return config.width();
        }

        @Override
        public String toString() {
            return "hidden-" + layers;
        }
    }

    /** What the encoder below must give; nothing where there is none below. */
    Optional<Tap> tap();

    /** Values a frame that come in, or 1 for a sample. */
    int width(TransformerConfig config);

    /**
     * Reads what {@code toString} gives.
     *
     * @throws IllegalArgumentException if it is none of {@code waveform}, {@code features}, {@code hidden-<layers>}
     */
    static Cut parse(String text) {
        Matcher hidden = Pattern.compile("hidden-(\\d{1,4})").matcher(text);
        if (hidden.matches()) {
            return new Hidden(Integer.parseInt(hidden.group(1)));
        }
        return switch (text) {
            case "waveform" -> new Waveform();
            case "features" -> new Features();
            default -> throw new IllegalArgumentException(
                    "a cut at \"" + text + "\": allowed are waveform, features and hidden-<layers below>");
        };
    }
}
