package org.speechemotion.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weighted sum of an encoder's hidden states, {@code [batch, time, states · width] → [batch, time, width]}: one
 * trained weight per state with a softmax, initially equal (SUPERB, Yang et al., arXiv 2105.01051).
 */
public final class LayerMixing extends GraphLayer {
    private static final String SCORES = "scores";

    private int states;
    private long width;

    /** Creates an empty layer for Jackson. */
    LayerMixing() {}

    /**
     * Creates the layer.
     *
     * @param states the number of hidden states, which are concatenated in a frame
     * @param width the number of values of each state
     */
    public LayerMixing(int states, long width) {
        super(new EmptyBuilder());
        this.states = states;
        this.width = width;
    }

    @Override
    public SDVariable defineLayer(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        SDVariable ones = graph.onesLike(graph.reshape(mask, -1, 1));
        SDVariable weights = ones.mmul(graph.nn().softmax(parameters.get(SCORES), 1));
        SDVariable mixed = graph.mmul(graph.reshape(weights, -1, 1, states), graph.reshape(input, -1, states, width));
        SDVariable size = graph.constant(Nd4j.createFromArray(new long[] {width}));
        return graph.reshape(mixed, graph.concat(0, graph.shape(mask), size));
    }

    /** The layer is the first of its network. */
    @Override
    boolean needsInputGradient() {
        return false;
    }

    @Override
    public void validateInput(INDArray input) {
        if (input.rank() != 3 || input.size(2) != states * width) {
            throw new IllegalArgumentException("the input of the layer mixing has shape "
                    + Arrays.toString(input.shape()) + "; allowed: [batch, time, " + states + " · " + width + "]");
        }
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        parameters.clear();
        parameters.addWeightParam(SCORES, 1, states);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        parameters.get(SCORES).assign(0);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.recurrent(width, RNNFormat.NWC);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerMixing that && super.equals(that) && states == that.states && width == that.width;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), states, width);
    }

    public int getStates() {
        return states;
    }

    public void setStates(int states) {
        this.states = states;
    }

    public long getWidth() {
        return width;
    }

    public void setWidth(long width) {
        this.width = width;
    }
}
