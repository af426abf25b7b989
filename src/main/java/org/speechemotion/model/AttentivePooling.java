package org.speechemotion.model;

import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.encoder.graph.GraphMath;

/**
 * Attentive statistics pooling (Okabe, Koshinaka and Shinoda, arXiv 1803.10963),
 * {@code [batch, time, width] → [batch, width]}, or {@code [batch, 2 · width]} with the deviation. It computes a linear
 * score for every frame, the softmax of the scores over the frames that are valid by the mask {@code [batch, time]}, the
 * weighted mean and, optionally, the weighted standard deviation.
 */
public final class AttentivePooling extends GraphLayer {
    private static final String SCORE = "score";
    private static final double MASKED_SCORE = 1e9;
    private static final double VARIANCE_FLOOR = 1e-5;

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
    public SDVariable defineLayer(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        SDVariable frames = GraphMath.masked(graph, input, mask, width);
        SDVariable scores = graph.reshape(
                        graph.reshape(frames, -1, width).mmul(parameters.get(SCORE)), graph.shape(mask))
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

    /** The output has no time axis and therefore no mask. */
    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
        return Pair.of(null, state);
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        parameters.clear();
        parameters.addWeightParam(SCORE, width, 1);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        initWeights((int) width, 1, WeightInit.XAVIER, parameters.get(SCORE));
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
