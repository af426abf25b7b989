package org.speechemotion.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Combines the logits of the branches of a network, {@code [batch, branches · emotions]}, to probabilities
 * {@code [batch, emotions]}: the normalised geometric mean of the probabilities of the branches, which is the softmax of the
 * mean of their logits.
 */
public final class BranchSoftmax extends BaseActivationFunction {
    private static final long serialVersionUID = 1L;

    private int emotions;

    /** Creates the activation of no emotion, for Jackson. */
    BranchSoftmax() {}

    BranchSoftmax(int emotions) {
        this.emotions = emotions;
    }

    public int getEmotions() {
        return emotions;
    }

    public void setEmotions(int emotions) {
        this.emotions = emotions;
    }

    @Override
    public INDArray getActivation(INDArray logits, boolean training) {
        List<INDArray> branches = branches(logits, emotions);
        INDArray mean = branches.stream().reduce(INDArray::add).orElseThrow().div(branches.size());
        return Transforms.softmax(mean, false);
    }

    /** This is not needed, because {@link BranchLoss} derives its gradient with respect to the logits. */
    @Override
    public Pair<INDArray, INDArray> backprop(INDArray logits, INDArray epsilon) {
        throw new UnsupportedOperationException("the probabilities of branches have no gradient");
    }

    /** Returns copies of the logits of each branch, {@code [batch, emotions]}. */
    static List<INDArray> branches(INDArray logits, long emotions) {
        if (logits.size(1) % emotions != 0) {
            throw new IllegalArgumentException(
                    "the branches have " + logits.size(1) + " logits; allowed: a multiple of " + emotions);
        }
        List<INDArray> branches = new ArrayList<>();
        for (long from = 0; from < logits.size(1); from += emotions) {
            branches.add(logits.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + emotions))
                    .dup());
        }
        return branches;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BranchSoftmax that && emotions == that.emotions;
    }

    @Override
    public int hashCode() {
        return Objects.hash(BranchSoftmax.class, emotions);
    }

    @Override
    public String toString() {
        return "branch-softmax";
    }
}
