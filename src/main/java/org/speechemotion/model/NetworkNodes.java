package org.speechemotion.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.onnx.Attribute;
import org.speechemotion.onnx.OnnxGraph;
import org.speechemotion.onnx.TensorValues;

/**
 * Defines a trained network as ONNX nodes, for clips of equal lengths: the layers of {@link EmotionNetwork} and the calibration,
 * without masks. A trained part of a transformer is defined by its encoder, with the weights of {@link #trainedTensors}.
 */
public final class NetworkNodes {
    private final OnnxGraph graph;
    private final ComputationGraph network;

    /**
     * The values that a model computes.
     *
     * @param probabilities the calibrated probabilities, {@code [batch, emotions]}
     * @param embedding the embedding of {@link EmotionModel#embeddings}, {@code [batch, embeddingWidth]}
     * @param embeddingWidth the number of values of an embedding
     */
    public record Outputs(String probabilities, String embedding, long embeddingWidth) {}

    private NetworkNodes(OnnxGraph graph, ComputationGraph network) {
        this.graph = graph;
        this.network = network;
    }

    /**
     * Adds the nodes.
     *
     * @param frames the name of the output of the encoder, including its trained part, {@code [batch, time, width]}
     * @param width the number of values per frame
     */
    public static Outputs define(OnnxGraph graph, EmotionModel model, String frames, long width) {
        return new NetworkNodes(graph, model.graph()).define(frames, width, model.calibrator());
    }

    /** Returns the tensors of the trained part of a transformer by the names of the encoder; empty if no part is trained. */
    public static Map<String, float[]> trainedTensors(EmotionModel model) {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        NetworkNodes nodes = new NetworkNodes(new OnnxGraph(""), model.graph());
        if (nodes.layer(EmotionNetwork.ENCODER) instanceof FineTunedEncoder encoder) {
            encoder.tensorNames()
                    .forEach(name ->
                            tensors.put(name, nodes.parameter(EmotionNetwork.ENCODER, FineTunedEncoder.key(name))));
        }
        return tensors;
    }

    private Outputs define(String frames, long width, Calibrator calibrator) {
        String input = frames;
        long inputWidth = width;
        if (layer(EmotionNetwork.ENCODER) instanceof LayerMixing mixing) {
            input = mix(frames, mixing);
            inputWidth = mixing.getWidth();
        }
        ContextPooling pooling = EmotionNetwork.pooling(network);
        List<String> branches = new ArrayList<>();
        for (int branch = 0; branch < pooling.getBranchWidths().size(); branch++) {
            branches.add(pool(context(input, pooling, branch), pooling, branch));
        }
        String pooled = join(branches);
        boolean hasContext = pooling.hasContext();
        return new Outputs(
                probabilities(logits(pooled, pooling.outputWidths()), calibrator),
                hasContext ? pooled : overTime("ReduceMean", input),
                hasContext ? pooling.outputWidths().stream().reduce(0, Integer::sum) : inputWidth);
    }

    /** Maps the hidden states side by side to their weighted sum. */
    private String mix(String frames, LayerMixing mixing) {
        String states =
                graph.add("Reshape", List.of(frames, graph.integers(0, 0, mixing.getStates(), mixing.getWidth())));
        String weights =
                graph.add("Softmax", List.of(constant(EmotionNetwork.ENCODER, "scores", 1, mixing.getStates())));
        return graph.add("Squeeze", List.of(graph.add("MatMul", List.of(weights, states)), graph.integers(2)));
    }

    /** Defines the context network of a branch, if it has one, on the values that the branch sees. */
    private String context(String frames, ContextPooling pooling, int branch) {
        String x = frames;
        int width = pooling.getBranchWidths().get(branch);
        if (width < pooling.getFrameWidth()) {
            x = slice(x, 0, width, 2);
        }
        if (!pooling.hasContext()) {
            return x;
        }
        x = transpose(x);
        for (int i = 0; i < pooling.getKernels().size(); i++) {
            x = convolve(x, pooling, branch, i);
        }
        return transpose(x);
    }

    /** Maps {@code [batch, in, time]} to {@code [batch, out, time / stride]}. */
    private String convolve(String x, ContextPooling pooling, int branch, int layer) {
        String name = ContextPooling.convolution(branch, layer);
        int inputs = pooling.inputWidth(branch, layer);
        int outputs = pooling.getContextWidth();
        int kernel = pooling.getKernels().get(layer);
        float[] weight = parameter(EmotionNetwork.POOLING, KernelLayer.weight(name));
        float[] byOutput = new float[weight.length];
        for (int tap = 0; tap < kernel; tap++) {
            for (int input = 0; input < inputs; input++) {
                for (int output = 0; output < outputs; output++) {
                    byOutput[(output * inputs + input) * kernel + tap] =
                            weight[(tap * inputs + input) * outputs + output];
                }
            }
        }
        int left = (kernel - 1) / 2;
        String convolved = graph.add(
                "Conv",
                List.of(x, graph.constant(name + ".weight", TensorValues.floats(byOutput), outputs, inputs, kernel)),
                Attribute.list("kernel_shape", kernel),
                Attribute.list("strides", pooling.getStrides().get(layer)),
                Attribute.list("pads", left, kernel - 1 - left));
        float[] ones = new float[outputs];
        Arrays.fill(ones, 1);
        String normalized = graph.add(
                "LayerNormalization",
                List.of(
                        transpose(convolved),
                        graph.constant("ones_" + outputs, TensorValues.floats(ones), outputs),
                        constant(EmotionNetwork.POOLING, KernelLayer.bias(name), outputs)),
                Attribute.of("epsilon", ConvolutionKernel.NORM_EPSILON));
        return transpose(graph.add("Gelu", List.of(normalized)));
    }

    /** Maps {@code [batch, time, width]} to the weighted mean over time and, if it is wanted, the deviation. */
    private String pool(String frames, ContextPooling pooling, int branch) {
        String score = PoolingKernel.score(ContextPooling.branch(branch));
        String scores = graph.add(
                "MatMul", List.of(frames, constant(EmotionNetwork.POOLING, score, pooling.pooledWidth(branch), 1)));
        String weights = graph.add("Softmax", List.of(scores), Attribute.of("axis", 1));
        String mean = weightedSum(weights, frames);
        if (!pooling.isDeviation()) {
            return mean;
        }
        String centred = graph.add("Sub", List.of(frames, graph.add("Unsqueeze", List.of(mean, graph.integers(1)))));
        String variance = weightedSum(weights, graph.add("Mul", List.of(centred, centred)));
        String deviation = graph.add(
                "Sqrt", List.of(graph.add("Add", List.of(variance, graph.scalar(PoolingKernel.VARIANCE_FLOOR)))));
        return join(List.of(mean, deviation));
    }

    private String weightedSum(String weights, String frames) {
        return overTime("ReduceSum", graph.add("Mul", List.of(weights, frames)));
    }

    private String overTime(String operator, String frames) {
        return graph.add(operator, List.of(frames, graph.integers(1)), Attribute.of("keepdims", 0));
    }

    /** Maps the pooled values of all branches to the logits of each. */
    private List<String> logits(String pooled, List<Integer> widths) {
        String x = pooled;
        if (layer(EmotionNetwork.NORMALIZATION) instanceof BatchNormalization normalization) {
            x = normalize(x, EmotionNetwork.NORMALIZATION, normalization.getEps());
        }
        List<String> logits = new ArrayList<>();
        int column = 0;
        for (int branch = 0; branch < widths.size(); branch++) {
            String own = widths.size() == 1 ? x : slice(x, column, column + widths.get(branch), 1);
            String hidden = graph.add("Gelu", List.of(linear(own, BranchHeads.hidden(branch))));
            logits.add(linear(hidden, BranchHeads.logits(branch)));
            column += widths.get(branch);
        }
        return logits;
    }

    private String normalize(String x, String name, double epsilon) {
        float[] gain = parameter(name, "gamma");
        float[] shift = parameter(name, "beta");
        float[] mean = parameter(name, "mean");
        float[] logDeviation = parameter(name, "log10stdev");
        for (int i = 0; i < gain.length; i++) {
            gain[i] = (float) (gain[i] / Math.sqrt(Math.pow(10, 2 * logDeviation[i]) + epsilon));
            shift[i] -= mean[i] * gain[i];
        }
        String scaled =
                graph.add("Mul", List.of(x, graph.constant(name + ".gain", TensorValues.floats(gain), gain.length)));
        return graph.add(
                "Add", List.of(scaled, graph.constant(name + ".shift", TensorValues.floats(shift), shift.length)));
    }

    private String linear(String x, String name) {
        INDArray weight = network.getParam(EmotionNetwork.HEAD + "_" + KernelLayer.weight(name));
        return graph.add(
                "Gemm",
                List.of(
                        x,
                        constant(EmotionNetwork.HEAD, KernelLayer.weight(name), weight.size(0), weight.size(1)),
                        constant(EmotionNetwork.HEAD, KernelLayer.bias(name), weight.size(1))));
    }

    /** Maps the logits of the branches to the calibrated softmax of their mean. */
    private String probabilities(List<String> branches, Calibrator calibrator) {
        String logits = graph.add("Mean", branches);
        String scaled = graph.add("Div", List.of(logits, graph.scalar(calibrator.temperature())));
        if (calibrator.bias().isEmpty()) {
            return graph.add("Softmax", List.of(scaled), Attribute.of("axis", -1));
        }
        float[] bias = new float[calibrator.bias().size()];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = calibrator.bias().get(i).floatValue();
        }
        String calibrated = graph.add(
                "Add", List.of(scaled, graph.constant("calibration.bias", TensorValues.floats(bias), bias.length)));
        return graph.add("Softmax", List.of(calibrated), Attribute.of("axis", -1));
    }

    private String join(List<String> parts) {
        return parts.size() == 1 ? parts.get(0) : graph.add("Concat", parts, Attribute.of("axis", 1));
    }

    private String slice(String x, int from, int to, int axis) {
        return graph.add("Slice", List.of(x, graph.integers(from), graph.integers(to), graph.integers(axis)));
    }

    private String transpose(String x) {
        return graph.add("Transpose", List.of(x), Attribute.list("perm", 0, 2, 1));
    }

    private String constant(String layer, String parameter, long... shape) {
        return graph.constant(layer + "." + parameter, TensorValues.floats(parameter(layer, parameter)), shape);
    }

    private float[] parameter(String layer, String parameter) {
        return network.getParam(layer + "_" + parameter).dup('c').data().asFloat();
    }

    private Map<String, GraphVertex> vertices() {
        return network.getConfiguration().getVertices();
    }

    /** Returns the configuration of a layer; null if there is none of the name. */
    private Layer layer(String name) {
        return vertices().get(name) instanceof LayerVertex vertex
                ? vertex.getLayerConf().getLayer()
                : null;
    }
}
