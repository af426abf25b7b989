package org.speechemotion.encoder.onnx;

import java.util.List;
import org.speechemotion.onnx.Attribute;
import org.speechemotion.onnx.OnnxGraph;
import org.speechemotion.onnx.TensorValues;

/**
 * Defines an affine map in 8-bit integers. The weights of an output channel are scaled to −127 … 127 by their own greatest
 * magnitude, without an offset; the activations are quantised at run time over their range, as
 * <a href="https://onnx.ai/onnx/operators/onnx__DynamicQuantizeLinear.html">DynamicQuantizeLinear</a> defines it. ONNX Runtime
 * fuses the nodes into one product.
 */
final class QuantizedLinear {
    private static final float MAX = 127;

    private QuantizedLinear() {}

    /** Maps {@code [rows, in]} to {@code [rows, out]}. */
    static String add(EncoderScope scope, String rows, String part) {
        OnnxGraph graph = scope.graph();
        String weight = part + ".weight.int8";
        String scales = part + ".weight.scale";
        if (!graph.hasConstant(weight)) {
            float[] values = scope.weights().read(part + ".weight");
            int outputs = scope.weights().read(part + ".bias").length;
            int inputs = values.length / outputs;
            float[] scale = scales(values, outputs, inputs);
            graph.constant(weight, TensorValues.bytes(quantize(values, scale, outputs, inputs)), inputs, outputs);
            graph.constant(scales, TensorValues.floats(scale), outputs);
        }
        List<String> quantized = graph.add("DynamicQuantizeLinear", List.of(rows), 3);
        String product = graph.add(
                "Cast",
                List.of(graph.add("MatMulInteger", List.of(quantized.get(0), weight, quantized.get(2)))),
                Attribute.of("to", 1));
        String scaled = graph.add("Mul", List.of(product, graph.add("Mul", List.of(quantized.get(1), scales))));
        return graph.add("Add", List.of(scaled, scope.bias(part)));
    }

    /** Returns the value of one step of each output channel of {@code [outputs, inputs]}. */
    private static float[] scales(float[] values, int outputs, int inputs) {
        float[] scales = new float[outputs];
        for (int output = 0; output < outputs; output++) {
            float max = 0;
            for (int i = output * inputs; i < (output + 1) * inputs; i++) {
                max = Math.max(max, Math.abs(values[i]));
            }
            scales[output] = max == 0 ? 1 : max / MAX;
        }
        return scales;
    }

    /** Returns the weights in steps, transposed to {@code [inputs, outputs]}. */
    private static byte[] quantize(float[] values, float[] scales, int outputs, int inputs) {
        byte[] quantized = new byte[values.length];
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                quantized[input * outputs + output] =
                        (byte) Math.round(values[output * inputs + input] / scales[output]);
            }
        }
        return quantized;
    }
}
