package org.speechemotion.encoder.onnx;

import java.util.ArrayList;
import java.util.List;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.onnx.Attribute;
import org.speechemotion.onnx.OnnxGraph;

/** Defines an encoder up to a tap as ONNX nodes. Clips of one batch have the same length, so there is no mask. */
final class EncoderNodes {
    private final EncoderScope scope;
    private final OnnxGraph graph;

    EncoderNodes(EncoderScope scope) {
        this.scope = scope;
        graph = scope.graph();
    }

    /**
     * Adds the nodes.
     *
     * @param waveform the name of the input, {@code [batch, samples]}, normalised as the encoder requires
     * @return the name of the output, {@code [batch, time, tap.width(config)]}
     * @throws IllegalArgumentException if the tap does not exist
     */
    String define(String waveform, Tap tap) {
        TransformerConfig config = scope.config();
        if (tap instanceof Tap.Hidden hidden && (hidden.index() < 0 || hidden.index() > config.layers())) {
            throw new IllegalArgumentException(
                    "the hidden state is " + hidden.index() + "; allowed: 0 to " + config.layers());
        }
        ConvolutionNodes convolutions = new ConvolutionNodes(scope);
        String features = convolutions.features(waveform);
        if (tap instanceof Tap.Features) {
            return features;
        }
        int last = tap instanceof Tap.Hidden hidden ? hidden.index() : config.layers();
        List<String> states = states(features, convolutions, last);
        String end =
                tap instanceof Tap.AllHidden ? graph.add("Concat", states, Attribute.of("axis", 1)) : states.get(last);
        String sizes = graph.add("Shape", List.of(features), Attribute.of("start", 0), Attribute.of("end", 2));
        return scope.reshape(
                end, graph.add("Concat", List.of(sizes, graph.integers(tap.width(config))), Attribute.of("axis", 0)));
    }

    /** Returns the hidden states up to the last one, each {@code [batch · time, width]}. */
    private List<String> states(String features, ConvolutionNodes convolutions, int last) {
        TransformerConfig config = scope.config();
        List<String> states = new ArrayList<>();
        String x = embedding(features, convolutions);
        states.add(x);
        if (last > 0) {
            AttentionNodes attention = new AttentionNodes(scope, features);
            for (int layer = 0; layer < last; layer++) {
                x = layer(x, attention, TensorNames.layer(layer));
                states.add(x);
            }
        }
        if (config.preNorm() && last == config.layers()) {
            states.set(last, scope.outerNorm(x));
        }
        return states;
    }

    private String embedding(String features, ConvolutionNodes convolutions) {
        TransformerConfig config = scope.config();
        String rows = scope.reshape(features, graph.integers(-1, config.featureWidth()));
        if (config.projectionNorm()) {
            rows = scope.norm(rows, TensorNames.PROJECTION_NORM);
        }
        String projected = scope.linear(rows, TensorNames.PROJECTION);
        String sizes = graph.add("Shape", List.of(features), Attribute.of("start", 0), Attribute.of("end", 2));
        String frames = scope.reshape(
                projected,
                graph.add("Concat", List.of(sizes, graph.integers(config.width())), Attribute.of("axis", 0)));
        String embedded = graph.add("Add", List.of(frames, convolutions.positions(frames)));
        String embeddedRows = scope.reshape(embedded, graph.integers(-1, config.width()));
        return config.preNorm() ? embeddedRows : scope.outerNorm(embeddedRows);
    }

    /** Defines one layer: attention and a feed-forward part with residual connections. */
    private String layer(String input, AttentionNodes attention, String prefix) {
        if (scope.config().preNorm()) {
            String attended =
                    add(input, attention.define(scope.norm(input, prefix + TensorNames.ATTENTION_NORM), prefix));
            return add(attended, feedForward(scope.norm(attended, prefix + TensorNames.FINAL_NORM), prefix));
        }
        String attended = scope.norm(add(input, attention.define(input, prefix)), prefix + TensorNames.ATTENTION_NORM);
        return scope.norm(add(attended, feedForward(attended, prefix)), prefix + TensorNames.FINAL_NORM);
    }

    private String feedForward(String input, String prefix) {
        String inner = scope.linear(input, prefix + TensorNames.INNER);
        return scope.linear(scope.activate(inner, scope.config().activation()), prefix + TensorNames.OUTER);
    }

    private String add(String a, String b) {
        return graph.add("Add", List.of(a, b));
    }
}
