package org.speechemotion.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.graph.GraphMath;

/** {@link ContextPooling} as a SameDiff graph. */
final class GraphContextPooling extends GraphTwin {
    private static final double NORM_EPSILON = 1e-5;
    private static final double MASKED_SCORE = 1e9;
    private static final double VARIANCE_FLOOR = 1e-5;
    private static final long[] START = {0, 0};
    // The bits of the end mask of stridedSlice: on these axes the slice extends to the end.
    private static final int BOTH_AXES = 0b11;
    private static final int OUTER_AXES = 0b101;
    private static final int FIRST_AXES = 0b011;

    private final transient ContextPooling definition;

    GraphContextPooling(ContextPooling definition) {
        super(definition);
        this.definition = definition;
    }

    @Override
    public SDVariable defineLayer(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        SDVariable[] branches = IntStream.range(0, definition.getBranchWidths().size())
                .mapToObj(branch -> branch(graph, input, parameters, mask, branch))
                .toArray(SDVariable[]::new);
        return branches.length == 1 ? branches[0] : graph.concat(1, branches);
    }

    private SDVariable branch(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask, int branch) {
        int width = definition.getBranchWidths().get(branch);
        SDVariable frames = width == definition.getFrameWidth()
                ? input
                : graph.stridedSlice(
                        input, new long[3], new long[] {0, 0, width}, new long[] {1, 1, 1}, 0, FIRST_AXES, 0, 0, 0);
        SDVariable valid = mask;
        for (int i = 0; i < definition.getKernels().size(); i++) {
            String name = ContextPooling.convolution(branch, i);
            int stride = definition.getStrides().get(i);
            SDVariable next = graph.stridedSlice(valid, START, START, new long[] {1, stride}, 0, BOTH_AXES, 0, 0, 0);
            frames = convolve(
                    graph,
                    GraphMath.masked(graph, frames, valid, width),
                    width,
                    definition.getKernels().get(i),
                    stride,
                    parameters.get(KernelLayer.weight(name)),
                    parameters.get(KernelLayer.bias(name)),
                    next);
            valid = next;
            width = definition.getContextWidth();
        }
        SDVariable score = parameters.get(PoolingKernel.score(ContextPooling.branch(branch)));
        return pool(graph, GraphMath.masked(graph, frames, valid, width), width, score, valid);
    }

    private SDVariable convolve(
            SameDiff graph,
            SDVariable valid,
            int inputWidth,
            int kernel,
            int stride,
            SDVariable weight,
            SDVariable bias,
            SDVariable validOutput) {
        long outputWidth = definition.getContextWidth();
        int left = (kernel - 1) / 2;
        // There is one frame more than the last tap needs, so that every slice below can end at a negative index.
        int right = kernel - left;
        SDVariable padded = graph.nn()
                .pad(valid, graph.constant(Nd4j.createFromArray(new int[][] {{0, 0}, {left, right}, {0, 0}})), 0.0);
        List<SDVariable> taps = new ArrayList<>(kernel);
        for (int tap = 0; tap < kernel; tap++) {
            taps.add(tap(graph, padded, tap, stride, left + right));
        }
        SDVariable windows = kernel == 1 ? taps.get(0) : graph.concat(2, taps.toArray(new SDVariable[0]));
        SDVariable product =
                graph.reshape(windows, -1, (long) kernel * inputWidth).mmul(weight);
        SDVariable normalised =
                GraphMath.layerNorm(graph, product, outputWidth, NORM_EPSILON).add(bias);
        SDVariable width = graph.constant(Nd4j.createFromArray(new long[] {outputWidth}));
        SDVariable shape = graph.concat(0, graph.shape(validOutput), width);
        return graph.reshape(GraphMath.gelu(graph, normalised), shape);
    }

    /** Returns the input frame that a tap sees for each output frame, {@code [batch, time / stride, in]}. */
    private static SDVariable tap(SameDiff graph, SDVariable padded, int tap, int stride, int padding) {
        long end = tap - stride + 1L - padding;
        return graph.stridedSlice(
                padded,
                new long[] {0, tap, 0},
                new long[] {0, end, 0},
                new long[] {1, stride, 1},
                0,
                OUTER_AXES,
                0,
                0,
                0);
    }

    private SDVariable pool(SameDiff graph, SDVariable frames, int width, SDVariable score, SDVariable mask) {
        SDVariable scores = graph.reshape(graph.reshape(frames, -1, width).mmul(score), graph.shape(mask))
                .add(mask.sub(1.0).mul(MASKED_SCORE));
        SDVariable weights = graph.expandDims(graph.nn().softmax(scores, 1), 1);
        SDVariable mean = graph.mmul(weights, frames);
        if (!definition.isDeviation()) {
            return graph.reshape(mean, -1, width);
        }
        // From the differences to the mean, because the mean of squares less the squared mean cancels for steady clips.
        // The mean is repeated over time by a matrix product, because the gradient of a broadcast is slow.
        SDVariable everyFrame = graph.expandDims(mask.mul(0.0).add(1.0), 2);
        SDVariable centred = frames.sub(graph.mmul(everyFrame, mean));
        SDVariable variance = graph.mmul(weights, centred.mul(centred));
        SDVariable spread = graph.math().sqrt(variance.add(VARIANCE_FLOOR));
        return graph.reshape(graph.concat(2, mean, spread), -1, 2L * width);
    }
}
