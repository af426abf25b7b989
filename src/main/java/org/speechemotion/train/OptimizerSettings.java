package org.speechemotion.train;

import java.io.Serializable;
import java.util.Optional;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The settings of the optimizer.
 *
 * @param name the algorithm
 * @param beta1 the decay rate of Adam's mean gradient per step, 0 to below 1
 * @param beta2 the decay rate of Adam's mean squared gradient per step, 0 to below 1
 * @param epsilon the constant that Adam adds to the root of the mean squared gradient before the bias correction, ε̂ in
 *     section 2 of its paper; above 0
 * @param momentum the decay rate of the velocity of sgd per step, 0 to below 1
 * @param weightDecay the decay of weights, but not of biases and normalisations, at least 0: adamw subtracts this share
 *     of a weight, times the learning rate, at each step; the others add this share of the weight to the gradient
 * @param clipNorm the Euclidean norm that a worker's longer gradients are scaled to; 0 for no clipping
 */
public record OptimizerSettings(
        Name name, double beta1, double beta2, double epsilon, double momentum, double weightDecay, double clipNorm)
        implements Serializable {

    /** The algorithms. */
    public enum Name {
        /** Adam (Kingma and Ba, arXiv 1412.6980). */
        ADAM,
        /** Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101). */
        ADAMW,
        /** Stochastic gradient descent with Nesterov's momentum, in the form of Sutskever et al. (ICML 2013). */
        SGD
    }

    public OptimizerSettings {
        Require.share("beta1", beta1);
        Require.share("beta2", beta2);
        Require.positive("epsilon", epsilon);
        Require.share("momentum", momentum);
        Require.atLeast("weight-decay", weightDecay, 0);
        Require.atLeast("clip-norm", clipNorm, 0);
    }

    /**
     * Returns the updater of DL4J.
     *
     * @param rate the schedule of the learning rate
     */
    public IUpdater updater(ISchedule rate) {
        return switch (name) {
            case ADAM, ADAMW -> Adam.builder()
                    .learningRate(Double.NaN)
                    .learningRateSchedule(rate)
                    .beta1(beta1)
                    .beta2(beta2)
                    .epsilon(epsilon)
                    .build();
            case SGD -> momentum == 0 ? new Sgd(rate) : new Nesterovs(rate, momentum);
        };
    }

    /** Returns the regularization of DL4J; empty without weight decay. */
    public Optional<Regularization> decay() {
        if (weightDecay == 0) {
            return Optional.empty();
        }
        return Optional.of(name == Name.ADAMW ? new WeightDecay(weightDecay, true) : new L2Regularization(weightDecay));
    }
}
