package org.speechemotion.encoder.onnx;

import java.util.List;
import org.speechemotion.encoder.transformer.ConvolutionShape;
import org.speechemotion.onnx.Attribute;
import org.speechemotion.onnx.OnnxGraph;
import org.speechemotion.onnx.TensorValues;

/**
 * Defines the first convolution together with its group normalisation, one channel per group (Wu and He, arXiv 1803.08494). Mean and
 * variance of a channel follow from the moments of the windows under the kernel, so the norm becomes a part of the weights. The output
 * is the largest signal of the encoder, and is written once instead of three times.
 */
final class NormalizedConvolution {
    private final OnnxGraph graph;
    private final ConvolutionShape convolution;
    private final double epsilon;

    NormalizedConvolution(OnnxGraph graph, ConvolutionShape convolution, double epsilon) {
        this.graph = graph;
        this.convolution = convolution;
        this.epsilon = epsilon;
    }

    /**
     * Adds the nodes. A bias of the convolution would have no effect, because the norm removes it.
     *
     * @param waveform {@code [batch, samples]}
     * @param filter the weights of the convolution, {@code [channels, 1, kernel]}
     * @param scale the factors of the norm, {@code [channels]}
     * @param shift the biases of the norm, {@code [channels]}
     * @return {@code [batch, channels, time]}
     */
    String define(String waveform, String filter, String scale, String shift) {
        String weight =
                graph.add("Reshape", List.of(filter, graph.integers(convolution.width(), convolution.kernel())));
        String windows = windows(waveform);
        String moments = moments(windows);
        String mean = product(weight, columns(moments, convolution.kernel(), 1));
        String square = sum(times(product(weight, columns(moments, 0, convolution.kernel())), weight));
        String variance = graph.add("Sub", List.of(square, times(mean, mean)));
        String deviation = graph.add("Sqrt", List.of(graph.add("Add", List.of(variance, graph.scalar(epsilon)))));
        String factor = graph.add("Div", List.of(column(scale), deviation));
        String bias = graph.add("Sub", List.of(column(shift), times(factor, mean)));
        String affine = graph.add("Concat", List.of(times(factor, weight), bias), Attribute.of("axis", 2));
        return product(affine, windows);
    }

    /** Returns the samples under the kernel at each position, and a row of ones: {@code [batch, kernel + 1, time]}. */
    private String windows(String waveform) {
        int kernel = convolution.kernel();
        float[] taps = new float[(kernel + 1) * kernel];
        float[] ones = new float[kernel + 1];
        for (int i = 0; i < kernel; i++) {
            taps[i * kernel + i] = 1;
        }
        ones[kernel] = 1;
        // The norm removes a constant, and moments about the mean lose no digits to it.
        String mean = graph.add("ReduceMean", List.of(waveform, graph.integers(1)), Attribute.of("keepdims", 1));
        String centred = graph.add("Sub", List.of(waveform, mean));
        return graph.add(
                "Conv",
                List.of(
                        graph.add("Unsqueeze", List.of(centred, graph.integers(1))),
                        graph.constant("windows.weight", TensorValues.floats(taps), kernel + 1, 1, kernel),
                        graph.constant("windows.bias", TensorValues.floats(ones), kernel + 1)),
                Attribute.list("kernel_shape", kernel),
                Attribute.list("strides", convolution.stride()));
    }

    /** Returns the mean products of the samples in a window; the last column has their means: {@code [batch, kernel, kernel + 1]}. */
    private String moments(String windows) {
        String samples = graph.add(
                "Slice", List.of(windows, graph.integers(0), graph.integers(convolution.kernel()), graph.integers(1)));
        String transposed = graph.add("Transpose", List.of(windows), Attribute.list("perm", 0, 2, 1));
        String time = graph.add("Shape", List.of(windows), Attribute.of("start", 2), Attribute.of("end", 3));
        return graph.add(
                "Div", List.of(product(samples, transposed), graph.add("Cast", List.of(time), Attribute.of("to", 1))));
    }

    private String columns(String matrix, int first, int count) {
        return graph.add(
                "Slice", List.of(matrix, graph.integers(first), graph.integers(first + count), graph.integers(2)));
    }

    private String column(String values) {
        return graph.add("Reshape", List.of(values, graph.integers(convolution.width(), 1)));
    }

    private String sum(String rows) {
        return graph.add("ReduceSum", List.of(rows, graph.integers(2)), Attribute.of("keepdims", 1));
    }

    private String product(String a, String b) {
        return graph.add("MatMul", List.of(a, b));
    }

    private String times(String a, String b) {
        return graph.add("Mul", List.of(a, b));
    }
}
