package org.speechemotion.model;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The mean over the branches of a network of the cross-entropy of their softmax, in nats. The labels are
 * {@code [batch, emotions]} and the logits {@code [batch, branches · emotions]}, so each branch learns as it would alone.
 */
public final class BranchLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;

    private List<Double> classWeights = List.of();

    /** Creates a loss without class weights, for Jackson. */
    BranchLoss() {}

    /** @param classWeights the weight of each emotion, in label order; empty if all clips have the same weight */
    BranchLoss(List<Double> classWeights) {
        this.classWeights = List.copyOf(classWeights);
    }

    /** Returns the last layer of a network, which maps the logits of all branches to probabilities. */
    static LossLayer layer(List<Double> classWeights, int classes) {
        return new LossLayer.Builder(new BranchLoss(classWeights))
                .activation(new BranchSoftmax(classes))
                .build();
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
        LossMCXENT loss = loss();
        return branches(labels, logits).stream()
                .mapToDouble(branch -> loss.computeScore(labels, branch, new ActivationSoftmax(), mask, average))
                .average()
                .orElseThrow();
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
        LossMCXENT loss = loss();
        return mean(labels, logits, branch -> loss.computeScoreArray(labels, branch, new ActivationSoftmax(), mask));
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
        LossMCXENT loss = loss();
        List<INDArray> branches = branches(labels, logits);
        return Nd4j.hstack(branches.stream()
                        .map(branch -> loss.computeGradient(labels, branch, new ActivationSoftmax(), mask))
                        .toArray(INDArray[]::new))
                .divi(branches.size());
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
        return Pair.of(
                computeScore(labels, logits, activation, mask, average),
                computeGradient(labels, logits, activation, mask));
    }

    private static INDArray mean(INDArray labels, INDArray logits, Function<INDArray, INDArray> score) {
        List<INDArray> branches = branches(labels, logits);
        return branches.stream().map(score).reduce(INDArray::add).orElseThrow().div(branches.size());
    }

    private static List<INDArray> branches(INDArray labels, INDArray logits) {
        return BranchSoftmax.branches(logits, labels.size(1));
    }

    private LossMCXENT loss() {
        return Optimization.crossEntropy(classWeights);
    }

    @Override
    public String name() {
        return toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BranchLoss that && classWeights.equals(that.classWeights);
    }

    @Override
    public int hashCode() {
        return Objects.hash(BranchLoss.class, classWeights);
    }

    @Override
    public String toString() {
        return "branch-loss";
    }

    public List<Double> getClassWeights() {
        return classWeights;
    }

    public void setClassWeights(List<Double> classWeights) {
        this.classWeights = List.copyOf(classWeights);
    }
}
