package org.speechemotion.train;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.model.NetworkFile;
import org.speechemotion.model.NonFiniteException;

/** Stops a training whose values are no longer finite, since no later step can recover from them. */
public final class Divergence {
    private static final String ADVICE = ", so the training stops and writes no model. Try a lower"
            + " training.learning-rate, training.rate.warm-up-epochs, or training.optimizer.clip-norm=1";

    private Divergence() {}

    /**
     * Checks the loss and the gradient of a step.
     *
     * @param epoch the epoch, counted from 0
     * @param step the step in the epoch, counted from 0
     * @param learningRate the learning rate of the updater
     * @param gradientNorm the norm by {@link GradientNorm#norm}
     * @throws NonFiniteException if the loss or the norm is NaN or infinite
     */
    public static void requireFinite(int epoch, int step, double learningRate, double loss, double gradientNorm) {
        if (!Double.isFinite(loss) || !Double.isFinite(gradientNorm)) {
            throw new NonFiniteException("in epoch " + (epoch + 1) + ", step " + (step + 1) + ", at a learning rate of "
                    + learningRate + ", the loss is " + loss + " and the gradient's norm is " + gradientNorm + ADVICE);
        }
    }

    /**
     * Checks the parameters of the network after an epoch, because a step with a finite gradient can still lead to
     * infinite ones.
     *
     * @param epoch the epoch, counted from 0
     * @param learningRate the learning rate of the last step
     * @throws NonFiniteException if a parameter is NaN or infinite
     */
    public static void requireFinite(int epoch, double learningRate, ComputationGraph network) {
        try {
            NetworkFile.requireFinite(network);
        } catch (NonFiniteException e) {
            throw new NonFiniteException("after epoch " + (epoch + 1) + ", at a learning rate of " + learningRate + ", "
                    + e.getMessage() + ADVICE);
        }
    }
}
