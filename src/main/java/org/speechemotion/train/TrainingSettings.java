package org.speechemotion.train;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.learning.config.IUpdater;
import org.speechemotion.random.KeyedRandom;

/**
 * The settings of a training.
 *
 * @param epochs the number of passes over the training clips, at least 1
 * @param batchSize the number of clips per step and worker, at least 1
 * @param sampling the choice of the clips of an epoch
 * @param learningRate the initial learning rate of the schedule, or the highest one of one-cycle, above 0
 * @param encoderLearningRate the learning rate of the trained part of the encoder, above 0
 * @param schedule the course of both learning rates
 * @param rate the settings of the schedule
 * @param optimizer the settings of the optimizer
 * @param loss the settings of the loss
 * @param adversary the classifier that the network is trained against
 * @param patienceEpochs the number of consecutive epochs without improvement after which training stops; 0 for no early
 *     stopping
 * @param keep the epoch or epochs whose network becomes the model
 * @param keepMeanEpochs the number of last epochs of which {@link EpochSelection#MEAN_OF_LAST} is the mean, at least 1
 * @param refit whether the model is trained anew, with the speakers of the validation side
 * @param averagingFrequency the number of steps between two averagings of the workers' parameters, at least 1
 * @param workers the number of workers that train in parallel; 0 leaves it to the run
 * @param cacheMegabytes the memory in MB that each executor spends on encoded frames, at least 0
 * @param seed the seed of the initial weights, the order of the clips and the dropout
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        Sampling sampling,
        double learningRate,
        double encoderLearningRate,
        Schedule schedule,
        RateSettings rate,
        OptimizerSettings optimizer,
        LossSettings loss,
        AdversarySettings adversary,
        int patienceEpochs,
        EpochSelection keep,
        int keepMeanEpochs,
        Refit refit,
        int averagingFrequency,
        int workers,
        int cacheMegabytes,
        long seed)
        implements Serializable {

    public TrainingSettings {
        Require.atLeast("epochs", epochs, 1);
        Require.atLeast("batch-size", batchSize, 1);
        Require.atLeast("patience-epochs", patienceEpochs, 0);
        Require.atLeast("keep-mean-epochs", keepMeanEpochs, 1);
        Require.atLeast("averaging-frequency", averagingFrequency, 1);
        Require.atLeast("workers", workers, 0);
        Require.atLeast("cache-megabytes", cacheMegabytes, 0);
        Require.positive("learning-rate", learningRate);
        Require.positive("encoder-learning-rate", encoderLearningRate);
        if (schedule == Schedule.ONE_CYCLE && rate.warmsUp()) {
            throw new IllegalArgumentException(
                    "rate.warm-up-epochs or rate.warm-up-steps is above 0; allowed: 0 if schedule = one-cycle, which"
                            + " has its own warm-up");
        }
        if (rate.warmUpEpochs() >= epochs) {
            throw new IllegalArgumentException(
                    "rate.warm-up-epochs is " + rate.warmUpEpochs() + "; allowed: less than epochs, " + epochs);
        }
    }

    /**
     * Returns the bias of each emotion in label order by which the probabilities of the network become those of the model; see
     * {@link LossSettings#bias}.
     */
    public List<Double> bias(List<Example> training) {
        return loss.bias(sampling.draw(training, new KeyedRandom(seed, "sampling", "0")).stream()
                .map(training::get)
                .toList());
    }

    /** Returns these settings with another number of workers. */
    public TrainingSettings withWorkers(int other) {
        return with(epochs, adversary, patienceEpochs, keep, other);
    }

    /** Returns these settings with another adversary. */
    public TrainingSettings with(AdversarySettings other) {
        return with(epochs, other, patienceEpochs, keep, workers);
    }

    /**
     * Returns the settings of the training that makes the model after the calibration: the network of the last of so many
     * epochs.
     *
     * @param kept the number of the last epoch that was kept before
     */
    public TrainingSettings afterCalibration(int kept) {
        return with(Math.max(kept, (int) rate.warmUpEpochs() + 1), adversary, 0, EpochSelection.LAST, workers);
    }

    private TrainingSettings with(
            int otherEpochs,
            AdversarySettings otherAdversary,
            int otherPatience,
            EpochSelection otherKeep,
            int otherWorkers) {
        return new TrainingSettings(
                otherEpochs,
                batchSize,
                sampling,
                learningRate,
                encoderLearningRate,
                schedule,
                rate,
                optimizer,
                loss,
                otherAdversary,
                otherPatience,
                otherKeep,
                keepMeanEpochs,
                refit,
                averagingFrequency,
                otherWorkers,
                cacheMegabytes,
                seed);
    }

    /**
     * Returns the number of last epochs whose mean is the model, if there are so many; 1 if the model is that of a single
     * epoch.
     */
    public int keptEpochs() {
        return keep == EpochSelection.MEAN_OF_LAST ? keepMeanEpochs : 1;
    }

    /**
     * Returns the updater of the network's head.
     *
     * @param stepsPerEpoch the number of steps of a worker per epoch
     * @throws IllegalArgumentException if the warm-up is not shorter than the training
     */
    public IUpdater updater(int stepsPerEpoch) {
        return optimizer.updater(rate.rate(schedule, learningRate, epochs, stepsPerEpoch));
    }

    /** Returns the updater of the trained part of the encoder, with the same schedule. */
    public IUpdater encoderUpdater(int stepsPerEpoch) {
        return optimizer.updater(rate.rate(schedule, encoderLearningRate, epochs, stepsPerEpoch));
    }

    /** Returns the number of steps that a worker takes in an epoch over so many clips. */
    public int stepsPerEpoch(int clips, int ofWorkers) {
        int size = Math.min(batchSize, clips);
        return new AveragingRounds(ofWorkers, averagingFrequency).steps((clips + size - 1) / size);
    }
}
