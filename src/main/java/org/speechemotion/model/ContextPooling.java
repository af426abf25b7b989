package org.speechemotion.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.model.NetworkSettings.BranchSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;

/**
 * The context networks and the attentive poolings of all branches side by side,
 * {@code [batch, time, frameWidth] → [batch, columns]}: each branch sees leading values of every frame, which pass through its
 * convolutions ({@link ConvolutionKernel}) and its pooling ({@link PoolingKernel}). They are one layer, so that the halves of a
 * batch meet once in each pass instead of once in every convolution. The time of a batch must be a multiple of the product of the
 * strides.
 */
public final class ContextPooling extends KernelLayer {
    private int frameWidth;
    private List<Integer> branchWidths = List.of();
    private int contextWidth;
    private List<Integer> kernels = List.of();
    private List<Integer> strides = List.of();
    private boolean deviation;
    private boolean afterTrained;

    /** Creates an empty layer for Jackson. */
    ContextPooling() {}

    /**
     * Creates the layer.
     *
     * @param frameWidth the number of values of a frame
     * @param branchWidths the number of leading values of a frame that each branch sees
     * @param deviation whether the weighted standard deviation follows the weighted mean in the output of each branch
     * @param afterTrained whether a layer that is trained precedes, so that the gradient of the input is needed
     * @throws IllegalArgumentException if there is no branch, or one sees no value or more than a frame has
     */
    public ContextPooling(
            int frameWidth,
            List<Integer> branchWidths,
            ContextSettings context,
            boolean deviation,
            boolean afterTrained) {
        super(new EmptyBuilder());
        this.frameWidth = frameWidth;
        this.branchWidths = List.copyOf(branchWidths);
        contextWidth = context.width();
        kernels = context.kernels();
        strides = context.strides();
        this.deviation = deviation;
        this.afterTrained = afterTrained;
        validate();
    }

    /** Checks the fields, which may come from a file. */
    private void validate() {
        int branches = branchWidths.size();
        if (branches < 1
                || branches > BranchSettings.MAX
                || branchWidths.stream().anyMatch(width -> width < 1 || width > frameWidth)) {
            throw new IllegalArgumentException("branches see " + branchWidths + " of " + frameWidth
                    + " values; allowed: 1 to " + BranchSettings.MAX + " branches, and for each 1 to all values");
        }
        new ContextSettings(contextWidth, kernels, strides);
    }

    /** Returns whether there are convolutions. */
    boolean hasContext() {
        return !kernels.isEmpty();
    }

    /** Returns the start of the names of a branch's parameters. */
    static String branch(int branch) {
        return "branch-" + branch;
    }

    /** Returns the start of the names of the parameters of a convolution. */
    static String convolution(int branch, int layer) {
        return branch(branch) + "-context-" + layer;
    }

    /** Returns the number of values per frame that the pooling of a branch sees. */
    int pooledWidth(int branch) {
        return kernels.isEmpty() ? branchWidths.get(branch) : contextWidth;
    }

    /** Returns the number of values of each branch in the output. */
    List<Integer> outputWidths() {
        List<Integer> widths = new ArrayList<>();
        for (int branch = 0; branch < branchWidths.size(); branch++) {
            widths.add((deviation ? 2 : 1) * pooledWidth(branch));
        }
        return widths;
    }

    /** Returns the number of values per input frame of a convolution. */
    int inputWidth(int branch, int layer) {
        return layer == 0 ? branchWidths.get(branch) : contextWidth;
    }

    private int columns() {
        return outputWidths().stream().reduce(0, Math::addExact);
    }

    private int totalStride() {
        return strides.stream().reduce(1, Math::multiplyExact);
    }

    @Override
    FrameKernel kernel() {
        return new ParallelKernel(this::branches);
    }

    private FrameKernel branches() {
        List<FrameKernel> branches = new ArrayList<>();
        int column = 0;
        for (int branch = 0; branch < branchWidths.size(); branch++) {
            List<BranchKernel.Step> steps = new ArrayList<>();
            for (int i = 0; i < kernels.size(); i++) {
                FrameKernel kernel = new ConvolutionKernel(
                        convolution(branch, i), inputWidth(branch, i), contextWidth, kernels.get(i), strides.get(i));
                steps.add(new BranchKernel.Step(kernel, inputWidth(branch, i), strides.get(i)));
            }
            int width = pooledWidth(branch);
            FrameKernel pooling = new PoolingKernel(branch(branch), width, deviation, column, columns());
            steps.add(new BranchKernel.Step(pooling, width, 1));
            branches.add(new BranchKernel(frameWidth, steps));
            column += outputWidths().get(branch);
        }
        return new SideBySide(branches);
    }

    @Override
    boolean needsInputGradient() {
        return afterTrained;
    }

    @Override
    long[] outputShape(INDArray input) {
        return new long[] {input.size(0), columns()};
    }

    @Override
    void validateInput(INDArray input) {
        if (input.rank() != 3 || input.size(2) != frameWidth || input.size(1) % totalStride() != 0) {
            throw new IllegalArgumentException(
                    "the input of the context network has shape " + Arrays.toString(input.shape())
                            + "; allowed: [batch, a multiple of " + totalStride() + ", " + frameWidth + "]");
        }
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        validate();
        parameters.clear();
        for (int i = 0; i < kernels.size(); i++) {
            for (int branch = 0; branch < branchWidths.size(); branch++) {
                String name = convolution(branch, i);
                long inputs = (long) kernels.get(i) * inputWidth(branch, i);
                parameters.addWeightParam(weight(name), inputs, contextWidth);
                parameters.addBiasParam(bias(name), 1, contextWidth);
            }
        }
        for (int branch = 0; branch < branchWidths.size(); branch++) {
            parameters.addWeightParam(PoolingKernel.score(branch(branch)), pooledWidth(branch), 1);
        }
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        for (int i = 0; i < kernels.size(); i++) {
            for (int branch = 0; branch < branchWidths.size(); branch++) {
                initialize(parameters.get(weight(convolution(branch, i))));
                parameters.get(bias(convolution(branch, i))).assign(0);
            }
        }
        for (int branch = 0; branch < branchWidths.size(); branch++) {
            initialize(parameters.get(PoolingKernel.score(branch(branch))));
        }
    }

    private void initialize(INDArray weights) {
        initWeights((int) weights.size(0), (int) weights.size(1), WeightInit.UNIFORM, weights);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.feedForward(columns());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContextPooling that
                && super.equals(that)
                && frameWidth == that.frameWidth
                && branchWidths.equals(that.branchWidths)
                && contextWidth == that.contextWidth
                && kernels.equals(that.kernels)
                && strides.equals(that.strides)
                && deviation == that.deviation
                && afterTrained == that.afterTrained;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                super.hashCode(), frameWidth, branchWidths, contextWidth, kernels, strides, deviation, afterTrained);
    }

    public int getFrameWidth() {
        return frameWidth;
    }

    public void setFrameWidth(int frameWidth) {
        this.frameWidth = frameWidth;
    }

    public List<Integer> getBranchWidths() {
        return branchWidths;
    }

    public void setBranchWidths(List<Integer> branchWidths) {
        this.branchWidths = List.copyOf(branchWidths);
    }

    public int getContextWidth() {
        return contextWidth;
    }

    public void setContextWidth(int contextWidth) {
        this.contextWidth = contextWidth;
    }

    public List<Integer> getKernels() {
        return kernels;
    }

    public void setKernels(List<Integer> kernels) {
        this.kernels = List.copyOf(kernels);
    }

    public List<Integer> getStrides() {
        return strides;
    }

    public void setStrides(List<Integer> strides) {
        this.strides = List.copyOf(strides);
    }

    public boolean isDeviation() {
        return deviation;
    }

    public void setDeviation(boolean deviation) {
        this.deviation = deviation;
    }

    public boolean isAfterTrained() {
        return afterTrained;
    }

    public void setAfterTrained(boolean afterTrained) {
        this.afterTrained = afterTrained;
    }
}
