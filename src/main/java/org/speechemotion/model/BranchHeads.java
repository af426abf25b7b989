package org.speechemotion.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.model.HeadKernel.Columns;
import org.speechemotion.model.NetworkSettings.BranchSettings;

/**
 * The classifiers of all branches side by side, {@code [batch, sum of the widths] → [batch, branches · classes]}. Each maps the
 * values of its branch to logits: dropout → linear → GELU → dropout → linear.
 */
public final class BranchHeads extends KernelLayer {
    private List<Integer> widths = List.of();
    private int hiddenWidth;
    private int classes;
    private double dropout;

    /** Creates an empty layer for Jackson. */
    BranchHeads() {}

    /**
     * Creates the layer.
     *
     * @param widths the number of input values of each branch
     * @param hiddenWidth the number of hidden units of each branch
     * @param classes the number of logits of each branch
     * @param dropout the share of inputs and of hidden units that are set to 0 in training, below 1
     */
    BranchHeads(List<Integer> widths, int hiddenWidth, int classes, double dropout) {
        super(new EmptyBuilder());
        this.widths = List.copyOf(widths);
        this.hiddenWidth = hiddenWidth;
        this.classes = classes;
        this.dropout = dropout;
        validate();
    }

    /** Checks the fields, which may come from a file. */
    private void validate() {
        int branches = widths.size();
        if (branches < 1
                || branches > BranchSettings.MAX
                || Collections.min(widths) < 1
                || hiddenWidth < 1
                || classes < 1
                || !(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("heads of " + widths + " values, " + hiddenWidth + " hidden units, "
                    + classes + " classes and a dropout of " + dropout + "; allowed: 1 to " + BranchSettings.MAX
                    + " heads, at least 1 of each, and a dropout of at least 0 and below 1");
        }
    }

    /** Returns the start of the names of the parameters of a branch's hidden layer. */
    static String hidden(int branch) {
        return ContextPooling.branch(branch) + "-hidden";
    }

    /** Returns the start of the names of the parameters that make a branch's logits. */
    static String logits(int branch) {
        return ContextPooling.branch(branch) + "-logits";
    }

    @Override
    FrameKernel kernel() {
        List<FrameKernel> heads = new ArrayList<>();
        int column = 0;
        for (int branch = 0; branch < widths.size(); branch++) {
            Columns input = new Columns(column, widths.get(branch), inputWidth());
            Columns output = new Columns(branch * classes, classes, widths.size() * classes);
            heads.add(new HeadKernel(branch, input, hiddenWidth, output, dropout));
            column += widths.get(branch);
        }
        return new SideBySide(heads);
    }

    private int inputWidth() {
        return widths.stream().reduce(0, Math::addExact);
    }

    @Override
    boolean needsInputGradient() {
        return true;
    }

    @Override
    long[] outputShape(INDArray input) {
        return new long[] {input.size(0), (long) widths.size() * classes};
    }

    @Override
    void validateInput(INDArray input) {
        if (input.rank() != 2 || input.size(1) != inputWidth()) {
            throw new IllegalArgumentException("the input of the heads has shape " + Arrays.toString(input.shape())
                    + "; allowed: [batch, " + inputWidth() + "]");
        }
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        validate();
        parameters.clear();
        for (int branch = 0; branch < widths.size(); branch++) {
            parameters.addWeightParam(weight(hidden(branch)), widths.get(branch), hiddenWidth);
            parameters.addBiasParam(bias(hidden(branch)), 1, hiddenWidth);
        }
        for (int branch = 0; branch < widths.size(); branch++) {
            parameters.addWeightParam(weight(logits(branch)), hiddenWidth, classes);
            parameters.addBiasParam(bias(logits(branch)), 1, classes);
        }
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        for (int branch = 0; branch < widths.size(); branch++) {
            initialize(hidden(branch), parameters);
        }
        for (int branch = 0; branch < widths.size(); branch++) {
            initialize(logits(branch), parameters);
        }
    }

    private void initialize(String name, Map<String, INDArray> parameters) {
        parameters.get(bias(name)).assign(0);
        INDArray weights = parameters.get(weight(name));
        initWeights((int) weights.size(0), (int) weights.size(1), WeightInit.UNIFORM, weights);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.feedForward((long) widths.size() * classes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BranchHeads that
                && super.equals(that)
                && widths.equals(that.widths)
                && hiddenWidth == that.hiddenWidth
                && classes == that.classes
                && dropout == that.dropout;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), widths, hiddenWidth, classes, dropout);
    }

    public List<Integer> getWidths() {
        return widths;
    }

    public void setWidths(List<Integer> widths) {
        this.widths = List.copyOf(widths);
    }

    public int getHiddenWidth() {
        return hiddenWidth;
    }

    public void setHiddenWidth(int hiddenWidth) {
        this.hiddenWidth = hiddenWidth;
    }

    public int getClasses() {
        return classes;
    }

    public void setClasses(int classes) {
        this.classes = classes;
    }

    public double getDropout() {
        return dropout;
    }

    public void setDropout(double dropout) {
        this.dropout = dropout;
    }
}
