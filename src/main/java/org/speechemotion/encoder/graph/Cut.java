package org.speechemotion.encoder.graph;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** The point at which an encoder is cut into a frozen lower part and an upper part that is trained with the network. */
public sealed interface Cut {

    /** The whole encoder is trained; its input is audio, {@code [batch, samples, 1]}. */
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

    /** The feature extractor is frozen; the input is {@code [batch, time, featureWidth]}. */
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
     * The feature extractor, the embedding and the first layers are frozen; the input is {@code [batch, time, width]}.
     *
     * @param layers the number of frozen layers, which is also the index of the hidden state at the cut
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

    /** Returns the output of the frozen part, or nothing if no part is frozen. */
    Optional<Tap> tap();

    /** Returns the number of values per frame at the cut; it is 1 for audio. */
    int width(TransformerConfig config);

    /**
     * Parses the result of {@code toString}.
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
                    "the cut is \"" + text + "\"; allowed: waveform, features, hidden-<number of layers>");
        };
    }
}
