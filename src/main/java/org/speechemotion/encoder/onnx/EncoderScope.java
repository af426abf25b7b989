package org.speechemotion.encoder.onnx;

import java.util.List;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.transformer.Activation;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.onnx.Attribute;
import org.speechemotion.onnx.OnnxGraph;

/**
 * The context in which the parts of an encoder are defined.
 *
 * @param graph the graph to which nodes are added
 * @param config the architecture
 * @param weights the source of the constants
 * @param precision the numbers in which linear layers multiply
 */
record EncoderScope(OnnxGraph graph, TransformerConfig config, EncoderWeights weights, Precision precision) {

    String weight(String part) {
        return weights.add(graph, part + ".weight");
    }

    String bias(String part) {
        return weights.add(graph, part + ".bias");
    }

    /** Applies an affine map, {@code [rows, in] → [rows, out]}. */
    String linear(String rows, String part) {
        return switch (precision) {
            case FLOAT32 -> graph.add("Gemm", List.of(rows, weight(part), bias(part)), Attribute.of("transB", 1));
            case FLOAT16 -> HalfLinear.add(this, rows, part);
            case INT8 -> QuantizedLinear.add(this, rows, part);
        };
    }

    /** Applies layer normalisation over the last axis (Ba, Kiros and Hinton, arXiv 1607.06450). */
    String norm(String x, String part, double epsilon) {
        return graph.add(
                "LayerNormalization",
                List.of(x, weight(part), bias(part)),
                Attribute.of("axis", -1),
                Attribute.of("epsilon", epsilon));
    }

    /** Applies layer normalisation with the epsilon of the transformer. */
    String norm(String x, String part) {
        return norm(x, part, config.epsilon());
    }

    /** Applies the norm outside of the layers. */
    String outerNorm(String x) {
        return norm(x, TensorNames.NORM);
    }

    String activate(String x, Activation activation) {
        return switch (activation) {
            case GELU -> graph.add("Gelu", List.of(x));
            case RELU -> graph.add("Relu", List.of(x));
        };
    }

    String transpose(String x, long... order) {
        return graph.add("Transpose", List.of(x), Attribute.list("perm", order));
    }

    String reshape(String x, String shape) {
        return graph.add("Reshape", List.of(x, shape));
    }
}
