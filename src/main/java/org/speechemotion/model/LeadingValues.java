package org.speechemotion.model;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Passes the first values of every frame on to a layer, {@code [batch, time, in] → [batch, time, width]}. DL4J's SubsetVertex
 * would take frames instead of values in this order of the axes.
 */
public final class LeadingValues implements InputPreProcessor {
    private static final long serialVersionUID = 1L;

    private long inputWidth;
    private long width;

    /** Creates an empty preprocessor for Jackson. */
    LeadingValues() {}

    /**
     * @param inputWidth the number of values per frame
     * @param width the number of values that are passed on, at most as many
     */
    LeadingValues(long inputWidth, long width) {
        if (width < 1 || width > inputWidth) {
            throw new IllegalArgumentException("width is " + width + "; allowed: 1 to " + inputWidth);
        }
        this.inputWidth = inputWidth;
        this.width = width;
    }

    @Override
    public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        return workspaces.dup(ArrayType.ACTIVATIONS, input.get(leading()), 'c');
    }

    /** The other values have a gradient of 0. */
    @Override
    public INDArray backprop(INDArray output, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        INDArray gradient = Nd4j.create(output.dataType(), output.size(0), output.size(1), inputWidth);
        gradient.put(leading(), output);
        return workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, gradient);
    }

    private INDArrayIndex[] leading() {
        return new INDArrayIndex[] {NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, width)};
    }

    @Override
    public InputType getOutputType(InputType inputType) {
        return InputType.recurrent(width, RNNFormat.NWC);
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int miniBatchSize) {
        return Pair.of(mask, state);
    }

    @Override
    public LeadingValues clone() {
        return new LeadingValues(inputWidth, width);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LeadingValues that && inputWidth == that.inputWidth && width == that.width;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * inputWidth + width);
    }

    public long getInputWidth() {
        return inputWidth;
    }

    public void setInputWidth(long inputWidth) {
        this.inputWidth = inputWidth;
    }

    public long getWidth() {
        return width;
    }

    public void setWidth(long width) {
        this.width = width;
    }
}
