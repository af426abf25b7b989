package org.speechemotion.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A convolution over time, followed by layer normalisation, bias and GELU:
 * {@code [batch, time, in] → [batch, time / stride, out]}. Frames that are invalid by the mask {@code [batch, time]} are
 * replaced by zeros, so that the content of the padding has no influence. Output frame t sees input frames from t ·
 * stride − ⌊(kernel − 1) / 2⌋ on in every batch; it is valid if input frame t · stride is. Output frames after the last valid
 * input frame are 0. The time of a batch must be a multiple of the stride.
 */
public final class MaskedConvolution extends KernelLayer {
    static final String WEIGHT = "weight";
    static final String BIAS = "bias";

    private long inputWidth;
    private long outputWidth;
    private int kernel;
    private int stride;

    /** Creates an empty layer for Jackson. */
    MaskedConvolution() {}

    /**
     * Creates the layer.
     *
     * @param inputWidth the number of values per input frame
     * @param outputWidth the number of values per output frame
     * @param kernel the number of input frames that an output frame depends on, at least the stride
     * @param stride the number of input frames per output frame, at least 1
     * @throws IllegalArgumentException if the kernel is smaller than the stride or the stride is below 1
     */
    public MaskedConvolution(long inputWidth, long outputWidth, int kernel, int stride) {
        super(new EmptyBuilder());
        if (stride < 1 || kernel < stride) {
            throw new IllegalArgumentException(
                    "kernel is " + kernel + " and stride is " + stride + "; allowed: kernel ≥ stride ≥ 1");
        }
        this.inputWidth = inputWidth;
        this.outputWidth = outputWidth;
        this.kernel = kernel;
        this.stride = stride;
    }

    @Override
    FrameKernel kernel() {
        return new ConvolutionKernel(Math.toIntExact(inputWidth), Math.toIntExact(outputWidth), kernel, stride);
    }

    @Override
    long[] outputShape(INDArray input) {
        return new long[] {input.size(0), input.size(1) / stride, outputWidth};
    }

    @Override
    Pair<INDArray, MaskState> outputMask(INDArray mask, MaskState state) {
        if (mask == null || stride == 1) {
            return Pair.of(mask, state);
        }
        return Pair.of(
                mask.get(NDArrayIndex.all(), NDArrayIndex.interval(0, stride, mask.size(1)))
                        .dup(),
                state);
    }

    @Override
    void validateInput(INDArray input) {
        if (input.rank() != 3 || input.size(2) != inputWidth || input.size(1) % stride != 0) {
            throw new IllegalArgumentException(
                    "the input of the convolution has shape " + Arrays.toString(input.shape())
                            + "; allowed: [batch, a multiple of " + stride + ", " + inputWidth + "]");
        }
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        parameters.clear();
        parameters.addWeightParam(WEIGHT, kernel * inputWidth, outputWidth);
        parameters.addBiasParam(BIAS, 1, outputWidth);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        INDArray weight = parameters.get(WEIGHT);
        initWeights((int) (kernel * inputWidth), (int) outputWidth, WeightInit.UNIFORM, weight);
        parameters.get(BIAS).assign(0);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.recurrent(outputWidth, RNNFormat.NWC);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MaskedConvolution that
                && super.equals(that)
                && inputWidth == that.inputWidth
                && outputWidth == that.outputWidth
                && kernel == that.kernel
                && stride == that.stride;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), inputWidth, outputWidth, kernel, stride);
    }

    public long getInputWidth() {
        return inputWidth;
    }

    public void setInputWidth(long inputWidth) {
        this.inputWidth = inputWidth;
    }

    public long getOutputWidth() {
        return outputWidth;
    }

    public void setOutputWidth(long outputWidth) {
        this.outputWidth = outputWidth;
    }

    public int getKernel() {
        return kernel;
    }

    public void setKernel(int kernel) {
        this.kernel = kernel;
    }

    public int getStride() {
        return stride;
    }

    public void setStride(int stride) {
        this.stride = stride;
    }
}
