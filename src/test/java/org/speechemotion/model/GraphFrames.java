package org.speechemotion.model;

import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Multiplies every frame by a trained matrix, {@code [batch, time, width] → [batch, time, width]}. */
final class GraphFrames extends GraphLayer {
    static final String WEIGHT = "weight";

    private final int width;

    GraphFrames(int width) {
        super(new EmptyBuilder());
        this.width = width;
    }

    @Override
    public SDVariable defineLayer(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        SDVariable product = graph.reshape(input, -1, width).mmul(parameters.get(WEIGHT));
        SDVariable shape = graph.concat(0, graph.shape(mask), graph.constant(Nd4j.createFromArray(new long[] {width})));
        return graph.reshape(product, shape);
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
        return Pair.of(mask, state);
    }

    @Override
    boolean needsInputGradient() {
        return false;
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        parameters.clear();
        parameters.addWeightParam(WEIGHT, width, width);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        initWeights(width, width, WeightInit.UNIFORM, parameters.get(WEIGHT));
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }
}
