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
 * @param stepsPerEpoch the number of steps of a worker in an epoch
 */
public record Optimization(
        IUpdater updater,
        Optional<Regularization> decay,
        List<Double> classWeights,
        Optional<Adversary> adversary,
        int stepsPerEpoch) {
    private static final int DEFAULT_STEPS = 30;
    private static final double MAX_DECAY = 0.99;

    /** Creates the configuration of a training without an adversary, with some tens of steps per epoch. */
    public Optimization(IUpdater updater, Optional<Regularization> decay, List<Double> classWeights) {
        this(updater, decay, classWeights, Optional.empty(), DEFAULT_STEPS);
    }

    /** Returns the configuration of an updater without weight decay and class weights. */
    public static Optimization of(IUpdater updater) {
        return new Optimization(updater, Optional.empty(), List.of());
    }

    /**
     * Returns the share of the running statistics of a batch normalisation that a step keeps. After an epoch 5 % or less of them
     * are those before it, in particular the initial ones, and the rest is the mean of its batches.
     */
    double statisticsDecay() {
        return Math.max(0, Math.min(MAX_DECAY, 1 - 3.0 / stepsPerEpoch));
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
