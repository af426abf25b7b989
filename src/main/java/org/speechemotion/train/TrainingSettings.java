package org.speechemotion.train;

import java.io.Serializable;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training clips, at least 1
 * @param batchSize clips a step and worker, at least 1
 * @param learningRate what the schedule starts from, or for one-cycle rises to, above 0
 * @param encoderLearningRate the same for what is trained of the encoder
 * @param schedule what becomes of both
 * @param rate how the schedule moves them
 * @param optimizer what a gradient does to the weights
 * @param loss what the cross-entropy is taken against
 * @param patienceEpochs training ends after so many epochs in a row that were not the best; 0 for never
 * @param keep which epoch's network becomes the model
 * @param keepMeanEpochs of how many of the last epochs it is the mean, where that is kept, at least 1
 * @param averagingFrequency steps between two averagings of the workers' parameters, at least 1
 * @param workers the number of workers that train at the same time; 0 leaves it to the run
 * @param cacheMegabytes memory that each executor spends on frames it has already encoded, at least 0
 * @param seed of the initial weights, the order of the clips and the dropout
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        double learningRate,
        double encoderLearningRate,
        Schedule schedule,
        RateSettings rate,
        OptimizerSettings optimizer,
        LossSettings loss,
        int patienceEpochs,
        Keep keep,
        int keepMeanEpochs,
        int averagingFrequency,
        int workers,
        int cacheMegabytes,
        long seed)
        implements Serializable {

    public TrainingSettings {
        Limits.atLeast("epochs", epochs, 1);
        Limits.atLeast("batch-size", batchSize, 1);
        Limits.atLeast("patience-epochs", patienceEpochs, 0);
        Limits.atLeast("keep-mean-epochs", keepMeanEpochs, 1);
        Limits.atLeast("averaging-frequency", averagingFrequency, 1);
        Limits.atLeast("workers", workers, 0);
        Limits.atLeast("cache-megabytes", cacheMegabytes, 0);
        Limits.positive("learning-rate", learningRate);
        Limits.positive("encoder-learning-rate", encoderLearningRate);
        if (schedule == Schedule.ONE_CYCLE && rate.warmsUp()) {
            throw new IllegalArgumentException(
                    "schedule is one-cycle, which warms up by itself: rate.warm-up-epochs and rate.warm-up-steps must"
                            + " be 0");
        }
        if (rate.warmUpEpochs() >= epochs) {
            throw new IllegalArgumentException(
                    "rate.warm-up-epochs is " + rate.warmUpEpochs() + ": allowed is less than epochs, " + epochs);
        }
    }

    /** The same with so many workers. */
    public TrainingSettings withWorkers(int other) {
        return new TrainingSettings(
                epochs,
                batchSize,
                learningRate,
                encoderLearningRate,
                schedule,
                rate,
                optimizer,
                loss,
                patienceEpochs,
                keep,
                keepMeanEpochs,
                averagingFrequency,
                other,
                cacheMegabytes,
                seed);
    }

    /** Of how many of the last epochs the model is made, if there are so many; 1 where it is a single epoch's. */
    public int keptEpochs() {
        return keep == Keep.MEAN_OF_LAST ? keepMeanEpochs : 1;
    }

    /**
     * The updater.
     *
     * @param stepsPerEpoch of a worker
     * @throws IllegalArgumentException where the warm-up lasts as long as the training, or longer
     */
    public IUpdater updater(int stepsPerEpoch) {
        return optimizer.updater(rate.rate(schedule, learningRate, epochs, stepsPerEpoch));
    }

    /** The updater of what is trained of the encoder, by the same schedule. */
    public IUpdater encoderUpdater(int stepsPerEpoch) {
        return optimizer.updater(rate.rate(schedule, encoderLearningRate, epochs, stepsPerEpoch));
    }

    /** The steps that a worker takes in an epoch over so many clips. */
    public int stepsPerEpoch(int clips, int ofWorkers) {
        int size = Math.min(batchSize, clips);
        return new Rounds(ofWorkers, averagingFrequency).steps((clips + size - 1) / size);
    }
}
