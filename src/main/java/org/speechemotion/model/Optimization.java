package org.speechemotion.model;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The part of a network's configuration that only training uses.
 *
 * @param updater the updater
 * @param decay the decay of the weights, but not of biases and normalisations
 * @param classWeights the weight of each emotion in the loss, in label order; empty if all clips have the same weight
 * @param adversary the second output that the network is trained against, if any
 */
public record Optimization(
        IUpdater updater, Optional<Regularization> decay, List<Double> classWeights, Optional<Adversary> adversary) {

    /** Creates the configuration of a training without an adversary. */
    public Optimization(IUpdater updater, Optional<Regularization> decay, List<Double> classWeights) {
        this(updater, decay, classWeights, Optional.empty());
    }

    /** Returns the configuration of an updater without weight decay and class weights. */
    public static Optimization of(IUpdater updater) {
        return new Optimization(updater, Optional.empty(), List.of());
    }

    /** Returns the cross-entropy of a softmax, in which each emotion has a weight unless there are none. */
    static LossMCXENT crossEntropy(List<Double> classWeights) {
        return classWeights.isEmpty()
                ? new LossMCXENT()
                : new LossMCXENT(Nd4j.createFromArray(classWeights.stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                        .reshape(1, classWeights.size()));
    }
}
