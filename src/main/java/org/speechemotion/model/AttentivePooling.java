package org.speechemotion.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attentive statistics pooling (Okabe, Koshinaka and Shinoda, arXiv 1803.10963),
 * {@code [batch, time, width] → [batch, width]}, or {@code [batch, 2 · width]} with the deviation. It computes a linear
 * score for every frame, the softmax of the scores over the frames that are valid by the mask {@code [batch, time]}, the
 * weighted mean and, optionally, the weighted standard deviation.
 */
public final class AttentivePooling extends KernelLayer {
    static final String SCORE = "score";

    private long width;
    private boolean deviation;

    /** Creates an empty layer for Jackson. */
    AttentivePooling() {}

    /**
     * Creates the layer.
     *
     * @param width the number of values per frame
     * @param deviation whether the weighted standard deviation follows the weighted mean
     */
    public AttentivePooling(long width, boolean deviation) {
        super(new EmptyBuilder());
        this.width = width;
        this.deviation = deviation;
    }

    @Override
    FrameKernel kernel() {
        return new PoolingKernel(Math.toIntExact(width), deviation);
    }

    @Override
    long[] outputShape(INDArray input) {
        return new long[] {input.size(0), deviation ? 2 * width : width};
    }

    @Override
    void validateInput(INDArray input) {
        if (input.rank() != 3 || input.size(2) != width) {
            throw new IllegalArgumentException("the input of the pooling has shape " + Arrays.toString(input.shape())
                    + "; allowed: [batch, time, " + width + "]");
        }
    }

    /** The output has no time axis and therefore no mask. */
    @Override
    Pair<INDArray, MaskState> outputMask(INDArray mask, MaskState state) {
        return Pair.of(null, state);
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        parameters.clear();
        parameters.addWeightParam(SCORE, width, 1);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        initWeights((int) width, 1, WeightInit.UNIFORM, parameters.get(SCORE));
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.feedForward(deviation ? 2 * width : width);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttentivePooling that
                && super.equals(that)
                && width == that.width
                && deviation == that.deviation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), width, deviation);
    }

    public long getWidth() {
        return width;
    }

    public void setWidth(long width) {
        this.width = width;
    }

    public boolean isDeviation() {
        return deviation;
    }

    public void setDeviation(boolean deviation) {
        this.deviation = deviation;
    }
}
