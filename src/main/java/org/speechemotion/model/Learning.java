package org.speechemotion.model;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * What a network's configuration says of its training.
 *
 * @param updater from gradients to steps
 * @param decay of the weights, but not of biases and normalisations
 * @param classWeights how much a clip of each emotion counts, in label order; empty where every clip counts alike
 */
public record Learning(IUpdater updater, Optional<Regularization> decay, List<Double> classWeights) {

    /** With an updater and nothing else. */
    public static Learning by(IUpdater updater) {
        return new Learning(updater, Optional.empty(), List.of());
    }

    /** Cross-entropy of the softmax, in nats. */
    ILossFunction loss() {
        return classWeights.isEmpty()
                ? new LossMCXENT()
                : new LossMCXENT(Nd4j.createFromArray(classWeights.stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                        .reshape(1, classWeights.size()));
    }
}
