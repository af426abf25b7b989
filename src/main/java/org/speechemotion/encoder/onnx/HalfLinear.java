package org.speechemotion.encoder.onnx;

import java.util.List;
import org.speechemotion.common.HalfFloat;
import org.speechemotion.onnx.Attribute;
import org.speechemotion.onnx.OnnxGraph;
import org.speechemotion.onnx.TensorValues;
import org.speechemotion.weights.WeightsException;

/**
 * Defines an affine map in 16-bit floats, for which GPUs have units of their own. The bias is added in 32-bit floats. ONNX Runtime
 * multiplies the rounded numbers in 32-bit floats on a CPU.
 */
final class HalfLinear {
    private static final int FLOAT = 1;
    private static final int FLOAT16 = 10;

    private HalfLinear() {}

    /**
     * Maps {@code [rows, in]} to {@code [rows, out]}.
     *
     * @throws WeightsException if a weight is beyond ±65504
     */
    static String add(EncoderScope scope, String rows, String part) {
        OnnxGraph graph = scope.graph();
        String weight = part + ".weight.float16";
        if (!graph.hasConstant(weight)) {
            float[] values = scope.weights().read(part + ".weight");
            int outputs = scope.weights().read(part + ".bias").length;
            graph.constant(weight, halves(part, values), outputs, values.length / outputs);
        }
        String product = graph.add(
                "Gemm",
                List.of(graph.add("Cast", List.of(rows), Attribute.of("to", FLOAT16)), weight),
                Attribute.of("transB", 1));
        String wide = graph.add("Cast", List.of(product), Attribute.of("to", FLOAT));
        return graph.add("Add", List.of(wide, scope.bias(part)));
    }

    private static TensorValues halves(String part, float[] values) {
        short[] bits = new short[values.length];
        for (int i = 0; i < bits.length; i++) {
            try {
                bits[i] = HalfFloat.of(values[i]);
            } catch (IllegalArgumentException e) {
                throw new WeightsException(
                        "encoder.precision is float16 and " + part + ".weight: " + e.getMessage(), e);
            }
        }
        return TensorValues.halves(bits);
    }
}
