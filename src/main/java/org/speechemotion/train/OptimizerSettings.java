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
 * What a gradient does to the weights.
 *
 * @param name which algorithm
 * @param beta1 how much of Adam's mean gradient stays at each step; 0 to below 1
 * @param beta2 how much of Adam's mean squared gradient stays; 0 to below 1
 * @param epsilon what Adam adds to the root of that, before the bias is corrected: the ε̂ of its paper's section 2; above 0
 * @param momentum of sgd: how much of its velocity stays; 0 to below 1
 * @param weightDecay for weights, not for biases and normalisations: for adamw the share of a weight that is taken off it
 *     at each step, times the learning rate; for the others what is added to the gradient, as a share of the weight; at least 0
 * @param clipNorm a worker's gradient is shortened to this Euclidean norm; 0 to leave it
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
        Limits.share("beta1", beta1);
        Limits.share("beta2", beta2);
        Limits.positive("epsilon", epsilon);
        Limits.share("momentum", momentum);
        Limits.atLeast("weight-decay", weightDecay, 0);
        Limits.atLeast("clip-norm", clipNorm, 0);
    }

    /** As DL4J has it. */
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

    /** As DL4J has it, empty where there is none. */
    public Optional<Regularization> decay() {
        if (weightDecay == 0) {
            return Optional.empty();
        }
        return Optional.of(name == Name.ADAMW ? new WeightDecay(weightDecay, true) : new L2Regularization(weightDecay));
    }
}
