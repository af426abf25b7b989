package org.speechemotion.encoder.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.speechemotion.encoder.transformer.RelativePosition;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.onnx.Attribute;
import org.speechemotion.onnx.OnnxGraph;
import org.speechemotion.onnx.TensorValues;

/**
 * Defines self-attention (Vaswani et al., arXiv 1706.03762) and, in WavLM, the gated relative position bias (Chen et al., arXiv
 * 2110.13900, equations 2 to 7). All layers share the nodes that depend on the number of frames alone.
 */
final class AttentionNodes {
    /** A bound in frames that no distance reaches, because attention over so many frames does not fit into memory. */
    private static final int MAX_DISTANCE = 1 << 16;

    private final EncoderScope scope;
    private final OnnxGraph graph;
    private final String sizes;
    private final String byClip;
    private final Optional<String> positions;

    /**
     * Adds the shared nodes.
     *
     * @param frames {@code [batch, time, …]}
     */
    AttentionNodes(EncoderScope scope, String frames) {
        this.scope = scope;
        graph = scope.graph();
        sizes = graph.add("Shape", List.of(frames), Attribute.of("start", 0), Attribute.of("end", 2));
        byClip = shape(scope.config().width());
        positions = scope.config().relativePosition().map(position -> positions(frames, position));
    }

    /** Maps {@code [batch · time, width]} to the output of the attention of a layer, of the same shape. */
    String define(String rows, String prefix) {
        TransformerConfig config = scope.config();
        List<String> arguments = new ArrayList<>();
        for (String part : List.of(TensorNames.QUERY, TensorNames.KEY, TensorNames.VALUE)) {
            arguments.add(scope.reshape(scope.linear(rows, prefix + part), byClip));
        }
        positions.ifPresent(bias -> arguments.add(graph.add("Mul", List.of(gate(rows, prefix), bias))));
        String context = graph.add(
                "Attention",
                arguments,
                Attribute.of("q_num_heads", config.heads()),
                Attribute.of("kv_num_heads", config.heads()));
        return scope.linear(
                scope.reshape(context, graph.integers(-1, config.width())), prefix + TensorNames.ATTENTION_OUTPUT);
    }

    /** Returns the shape {@code [batch, time, widths…]}. */
    private String shape(long... widths) {
        return graph.add("Concat", List.of(sizes, graph.integers(widths)), Attribute.of("axis", 0));
    }

    /** Returns the gate of each query, {@code [batch, heads, time, 1]}. */
    private String gate(String rows, String prefix) {
        TransformerConfig config = scope.config();
        String heads = scope.transpose(scope.reshape(rows, shape(config.heads(), config.headWidth())), 0, 2, 1, 3);
        String sides = graph.add(
                "Sigmoid",
                List.of(graph.add(
                        "Add", List.of(graph.add("MatMul", List.of(heads, gateWeight(prefix))), gateBias(prefix)))));
        String reset = column(sides, 0);
        String update = column(sides, 1);
        String scaled = graph.add("Mul", List.of(update, gateScale(prefix)));
        String less = graph.add("Sub", List.of(scaled, graph.scalar(1)));
        return graph.add("Add", List.of(graph.add("Mul", List.of(reset, less)), graph.scalar(2)));
    }

    private String column(String x, int index) {
        return graph.add("Slice", List.of(x, graph.integers(index), graph.integers(index + 1L), graph.integers(-1)));
    }

    /** Adds the weights of the gate, {@code [headWidth, 2]}: the projections are summed by fours. */
    private String gateWeight(String prefix) {
        int width = scope.config().headWidth();
        float[] projections = scope.weights().read(prefix + TensorNames.GATE + ".weight");
        float[] sums = new float[2 * width];
        for (int row = 0; row < 8; row++) {
            for (int i = 0; i < width; i++) {
                sums[2 * i + row / 4] += projections[row * width + i];
            }
        }
        return graph.constant(prefix + "gate.weight", TensorValues.floats(sums), width, 2);
    }

    private String gateBias(String prefix) {
        float[] biases = scope.weights().read(prefix + TensorNames.GATE + ".bias");
        float[] sums = new float[2];
        for (int i = 0; i < biases.length; i++) {
            sums[i / 4] += biases[i];
        }
        return graph.constant(prefix + "gate.bias", TensorValues.floats(sums), 2);
    }

    private String gateScale(String prefix) {
        float[] scales = scope.weights().read(prefix + TensorNames.GATE_SCALE);
        return graph.constant(prefix + "gate.scale", TensorValues.floats(scales), scales.length, 1, 1);
    }

    /** Returns the bias before the gate, {@code [heads, time, time]}, which depends on the distance from query to key. */
    private String positions(String frames, RelativePosition position) {
        String size = graph.add("Shape", List.of(frames), Attribute.of("start", 1), Attribute.of("end", 2));
        String time = graph.add("Squeeze", List.of(size, graph.integers(0)));
        String zero = graph.constant("zero", TensorValues.longs(0));
        String one = graph.constant("one", TensorValues.longs(1));
        String range = graph.add("Range", List.of(zero, time, one));
        String distances = graph.add(
                "Sub",
                List.of(
                        graph.add("Unsqueeze", List.of(range, graph.integers(0))),
                        graph.add("Unsqueeze", List.of(range, graph.integers(1)))));
        int farthest = Math.min(position.maxDistance(), MAX_DISTANCE);
        String index = graph.add(
                "Add",
                List.of(graph.add("Clip", List.of(distances, bound(-farthest), bound(farthest))), bound(farthest)));
        return graph.add("Gather", List.of(byDistance(position, farthest), index), Attribute.of("axis", 1));
    }

    private String bound(int value) {
        return graph.constant("distance_" + value, TensorValues.longs(value));
    }

    /** Adds the biases {@code [heads, 2 · farthest + 1]} of the distances −farthest to farthest. */
    private String byDistance(RelativePosition position, int farthest) {
        int heads = scope.config().heads();
        float[] embedding = scope.weights().read(TensorNames.RELATIVE_POSITION);
        int distances = 2 * farthest + 1;
        float[] biases = new float[Math.multiplyExact(heads, distances)];
        for (int i = 0; i < distances; i++) {
            int bucket = position.bucket(i - farthest);
            for (int head = 0; head < heads; head++) {
                biases[head * distances + i] = embedding[bucket * heads + head];
            }
        }
        return graph.constant("relative_position", TensorValues.floats(biases), heads, distances);
    }
}
