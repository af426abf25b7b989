package org.speechemotion.encoder.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.weights.Shape;

/**
 * The part of an encoder between a cut and a hidden state.
 *
 * @param from the cut at which the span starts
 * @param to the index of its last hidden state in the counting of Hugging Face
 */
public record EncoderSpan(Cut from, int to) {

    /** Returns the span from a cut to the last hidden state. */
    public static EncoderSpan above(Cut from, TransformerConfig config) {
        return new EncoderSpan(from, config.layers());
    }

    /**
     * Checks that an encoder contains this span.
     *
     * @throws IllegalArgumentException if the span is empty or exceeds the last layer
     */
    public void check(TransformerConfig config) {
        int min = from instanceof Cut.Hidden hidden ? hidden.layers() + 1 : 0;
        if (to < min || to > config.layers()) {
            throw new IllegalArgumentException("the span from " + from + " ends at hidden state " + to + "; allowed: "
                    + min + " to " + config.layers());
        }
    }

    /** Returns the index of the first layer, counted from 0. */
    int firstLayer() {
        return from instanceof Cut.Hidden hidden ? hidden.layers() : 0;
    }

    /** Returns whether the span includes the norm after the last layer of a pre-norm encoder. */
    boolean hasFinalNorm(TransformerConfig config) {
        return config.preNorm() && to == config.layers();
    }

    boolean hasEmbedding() {
        return !(from instanceof Cut.Hidden);
    }

    /** Returns the shapes of its parameters by their names in {@link TensorNames}. */
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

    /** Returns the parameters that belong to the frozen part: the relative positions of the first layer, which all layers use. */
    public Set<String> sharedFromBelow() {
        return firstLayer() > 0 ? Set.of(TensorNames.RELATIVE_POSITION) : Set.of();
    }
}
