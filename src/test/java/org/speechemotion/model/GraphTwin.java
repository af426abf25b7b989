package org.speechemotion.model;

import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer of the same parameters as a {@link KernelLayer}, as a SameDiff graph, whose gradients are derived by ND4J. */
abstract class GraphTwin extends GraphLayer {
    private final transient KernelLayer twin;

    GraphTwin(KernelLayer twin) {
        super(new EmptyBuilder());
        this.twin = twin;
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
        return Pair.of(null, state);
    }

    @Override
    public void validateInput(INDArray input) {
        twin.validateInput(input);
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        twin.defineParameters(parameters);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        twin.initializeParameters(parameters);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return twin.getOutputType(layerIndex, inputType);
    }
}
