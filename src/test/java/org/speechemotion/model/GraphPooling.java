package org.speechemotion.model;

import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.encoder.graph.GraphMath;

/** {@link AttentivePooling} as a SameDiff graph, whose gradients are derived by ND4J. */
final class GraphPooling extends GraphLayer {
    private static final double MASKED_SCORE = 1e9;
    private static final double VARIANCE_FLOOR = 1e-5;

    private final transient AttentivePooling definition;
    private final long width;
    private final boolean deviation;

    GraphPooling(AttentivePooling definition) {
        super(new EmptyBuilder());
        this.definition = definition;
        width = definition.getWidth();
        deviation = definition.isDeviation();
    }

    @Override
    public SDVariable defineLayer(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        SDVariable frames = GraphMath.masked(graph, input, mask, width);
        SDVariable scores = graph.reshape(
                        graph.reshape(frames, -1, width).mmul(parameters.get(AttentivePooling.SCORE)),
                        graph.shape(mask))
                .add(mask.sub(1.0).mul(MASKED_SCORE));
        SDVariable weights = graph.expandDims(graph.nn().softmax(scores, 1), 1);
        SDVariable mean = graph.mmul(weights, frames);
        if (!deviation) {
            return graph.reshape(mean, -1, width);
        }
        // From the differences to the mean, because the mean of squares less the squared mean cancels for steady clips.
        // The mean is repeated over time by a matrix product, because the gradient of a broadcast is slow.
        SDVariable everyFrame = graph.expandDims(mask.mul(0.0).add(1.0), 2);
        SDVariable centred = frames.sub(graph.mmul(everyFrame, mean));
        SDVariable variance = graph.mmul(weights, centred.mul(centred));
        SDVariable spread = graph.math().sqrt(variance.add(VARIANCE_FLOOR));
        return graph.reshape(graph.concat(2, mean, spread), -1, 2 * width);
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
        return definition.getOutputType(layerIndex, inputType);
    }
}
