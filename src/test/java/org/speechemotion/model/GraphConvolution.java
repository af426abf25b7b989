package org.speechemotion.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.graph.GraphMath;

/** {@link MaskedConvolution} as a SameDiff graph, whose gradients are derived by ND4J. */
final class GraphConvolution extends GraphLayer {
    private static final double NORM_EPSILON = 1e-5;
    private static final long[] START = {0, 0};
    // The bits of the end mask of stridedSlice: on these axes the slice extends to the end.
    private static final int BOTH_AXES = 0b11;
    private static final int OUTER_AXES = 0b101;

    private final transient MaskedConvolution definition;
    private final long inputWidth;
    private final long outputWidth;
    private final int kernel;
    private final int stride;

    GraphConvolution(MaskedConvolution definition) {
        super(new EmptyBuilder());
        this.definition = definition;
        inputWidth = definition.getInputWidth();
        outputWidth = definition.getOutputWidth();
        kernel = definition.getKernel();
        stride = definition.getStride();
    }

    @Override
    public SDVariable defineLayer(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        SDVariable valid = GraphMath.masked(graph, input, mask, inputWidth);
        int left = (kernel - 1) / 2;
        // There is one frame more than the last tap needs, so that every slice below can end at a negative index.
        int right = kernel - left;
        SDVariable padded = graph.nn()
                .pad(valid, graph.constant(Nd4j.createFromArray(new int[][] {{0, 0}, {left, right}, {0, 0}})), 0.0);
        List<SDVariable> taps = new ArrayList<>(kernel);
        for (int tap = 0; tap < kernel; tap++) {
            taps.add(tap(graph, padded, tap, left + right));
        }
        SDVariable windows = kernel == 1 ? taps.get(0) : graph.concat(2, taps.toArray(new SDVariable[0]));
        SDVariable product =
                graph.reshape(windows, -1, kernel * inputWidth).mmul(parameters.get(MaskedConvolution.WEIGHT));
        SDVariable normalised = GraphMath.layerNorm(graph, product, outputWidth, NORM_EPSILON)
                .add(parameters.get(MaskedConvolution.BIAS));
        SDVariable validOutput = graph.stridedSlice(mask, START, START, new long[] {1, stride}, 0, BOTH_AXES, 0, 0, 0);
        SDVariable width = graph.constant(Nd4j.createFromArray(new long[] {outputWidth}));
        SDVariable shape = graph.concat(0, graph.shape(validOutput), width);
        return graph.reshape(GraphMath.gelu(graph, normalised), shape);
    }

    /** Returns the input frame that a tap sees for each output frame, {@code [batch, time / stride, in]}. */
    private SDVariable tap(SameDiff graph, SDVariable padded, int tap, int padding) {
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

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
        return definition.outputMask(mask, state);
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        definition.defineParameters(parameters);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        definition.initializeParameters(parameters);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.recurrent(outputWidth, RNNFormat.NWC);
    }
}
