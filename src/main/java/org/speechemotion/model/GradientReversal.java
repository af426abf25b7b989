package org.speechemotion.model;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Passes values of any shape on to a layer as they are, and multiplies the gradient that comes back by a negative number, so that
 * the layers below learn to make the layers above fail (Ganin and Lempitsky, ICML 2015, arXiv 1409.7495).
 */
public final class GradientReversal implements InputPreProcessor {
    private static final long serialVersionUID = 1L;

    private double weight;

    /** Creates an empty preprocessor for Jackson. */
    GradientReversal() {}

    /** @param weight the factor of the reversed gradient, above 0 */
    GradientReversal(double weight) {
        this.weight = weight;
    }

    @Override
    public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        return workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
    }

    @Override
    public INDArray backprop(INDArray output, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        return workspaces.dup(ArrayType.ACTIVATION_GRAD, output, 'c').muli(-weight);
    }

    @Override
    public InputType getOutputType(InputType inputType) {
        return inputType;
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int miniBatchSize) {
        return Pair.of(mask, state);
    }

    @Override
    public GradientReversal clone() {
        return new GradientReversal(weight);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GradientReversal that && weight == that.weight;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(weight);
    }

    public double getWeight() {
        return weight;
    }

    public void setWeight(double weight) {
        this.weight = weight;
    }
}
