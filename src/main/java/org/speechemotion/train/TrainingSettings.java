package org.speechemotion.train;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training clips, at least 1
 * @param batchSize clips a step and worker, at least 1
 * @param learningRate of Adam in the first epoch, above 0
 * @param encoderLearningRate the same for what is trained of the encoder
 * @param schedule what becomes of the learning rate from epoch to epoch
 * @param averagingFrequency steps between two averagings of the workers' parameters, at least 1
 * @param workers that train at the same time; 0 for one per core of the cluster
 * @param cacheMegabytes memory that each executor spends on frames it has already encoded, at least 0
 * @param seed of the initial weights, the order of the clips and the dropout
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        double learningRate,
        double encoderLearningRate,
        Schedule schedule,
        int averagingFrequency,
        int workers,
        int cacheMegabytes,
        long seed)
        implements Serializable {

    /** What becomes of the learning rate. */
    public enum Schedule {
        /** It stays. */
        CONSTANT,
        /** It falls by the same amount every epoch and would be 0 after the last. */
        LINEAR
    }

    public TrainingSettings {
        atLeast("epochs", epochs, 1);
        atLeast("batch-size", batchSize, 1);
        atLeast("averaging-frequency", averagingFrequency, 1);
        atLeast("workers", workers, 0);
        atLeast("cache-megabytes", cacheMegabytes, 0);
        positive("learning-rate", learningRate);
        positive("encoder-learning-rate", encoderLearningRate);
    }

    /** The same with so many workers. */
    public TrainingSettings withWorkers(int other) {
        return new TrainingSettings(
                epochs,
                batchSize,
                learningRate,
                encoderLearningRate,
                schedule,
                averagingFrequency,
                other,
                cacheMegabytes,
                seed);
    }

    /**
     * The updater: Adam (Kingma and Ba, arXiv 1412.6980). The schedule is a table of rates by epoch, because DL4J's
     * PolySchedule of 1.0.0-M2.1 rises where it should fall.
     */
    public IUpdater updater() {
        return updater(learningRate);
    }

    /** The updater of what is trained of the encoder, by the same schedule. */
    public IUpdater encoderUpdater() {
        return updater(encoderLearningRate);
    }

    /** The learning rate of an epoch's steps, counted from 0. */
    public double learningRateIn(int epoch) {
        return scheduled(learningRate, epoch);
    }

    private IUpdater updater(double rate) {
        Map<Integer, Double> rates = new TreeMap<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            rates.put(epoch, scheduled(rate, epoch));
        }
        return new Adam(new MapSchedule(ScheduleType.EPOCH, rates));
    }

    private double scheduled(double rate, int epoch) {
        return switch (schedule) {
            case CONSTANT -> rate;
            case LINEAR -> rate * (epochs - epoch) / epochs;
        };
    }

    private static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + ": allowed is a number above 0");
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": allowed is " + least + " or more");
        }
    }
}
