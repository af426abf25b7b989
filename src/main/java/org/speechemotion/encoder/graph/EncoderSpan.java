package org.speechemotion.encoder.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.weights.Shape;

/**
 * The part of an encoder from a cut up to a hidden state.
 *
 * @param from where it begins
 * @param to index of the hidden state that it ends with, as Hugging Face counts them
 */
public record EncoderSpan(Cut from, int to) {

    /** From a cut to the last hidden state. */
    public static EncoderSpan above(Cut from, TransformerConfig config) {
        return new EncoderSpan(from, config.layers());
    }

    /**
     * Checks that the encoder has it.
     *
     * @throws IllegalArgumentException if it ends before it begins, or behind the encoder's last layer
     */
    public void check(TransformerConfig config) {
        int least = from instanceof Cut.Hidden hidden ? hidden.layers() + 1 : 0;
        if (to < least || to > config.layers()) {
            throw new IllegalArgumentException("the part of an encoder from " + from + " to hidden state " + to
                    + ": the hidden states above it are " + least + " to " + config.layers());
        }
    }

    /** First layer, counted from 0. */
    int firstLayer() {
        return from instanceof Cut.Hidden hidden ? hidden.layers() : 0;
    }

    /** Whether it ends with the norm that stands behind the last layer of a pre-norm encoder. */
    boolean hasFinalNorm(TransformerConfig config) {
        return config.preNorm() && to == config.layers();
    }

    boolean hasEmbedding() {
        return !(from instanceof Cut.Hidden);
    }

    /** Its parameters, under the names of {@link TensorNames}, and their shapes. */
    public Map<String, long[]> parameters(TransformerConfig config) {
        Map<String, Shape> embedding = TensorNames.embedding(config);
        Map<String, Shape> parameters = new LinkedHashMap<>();
        if (from instanceof Cut.Waveform) {
            parameters.putAll(TensorNames.featureExtractor(config));
        }
        if (hasEmbedding()) {
            parameters.putAll(embedding);
            parameters.keySet().removeIf(name -> name.startsWith(TensorNames.NORM) && config.preNorm());
        }
        for (int layer = firstLayer(); layer < to; layer++) {
            parameters.putAll(TensorNames.layer(config, layer));
        }
        embedding.forEach((name, shape) -> {
            if (name.startsWith(TensorNames.NORM) && hasFinalNorm(config)) {
                parameters.put(name, shape);
            }
        });
        config.relativePosition()
                .filter(position -> to > firstLayer())
                .ifPresent(position -> parameters.putIfAbsent(
                        TensorNames.RELATIVE_POSITION, Shape.of(position.buckets(), config.heads())));
        Map<String, long[]> shapes = new LinkedHashMap<>();
        parameters.forEach((name, shape) -> shapes.put(
                name, shape.sizes().stream().mapToLong(Long::longValue).toArray()));
        return shapes;
    }

    /** Those that belong below the cut and must stay as they are: the first layer's relative positions, which all use. */
    public Set<String> sharedFromBelow() {
        return firstLayer() > 0 ? Set.of(TensorNames.RELATIVE_POSITION) : Set.of();
    }
}
