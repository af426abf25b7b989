package org.speechemotion.scoring;

import java.util.Optional;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;

/** Computes the weighted mean of vectors of equal length. */
final class WeightedMean {
    private double[] sums = new double[0];
    private double total;
    private EmotionSet emotions;

    /** Adds a vector; it is ignored if the weight is not positive. */
    void add(float[] values, double weight) {
        if (weight > 0) {
            sums = sums.length == 0 ? new double[values.length] : sums;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weight * values[i];
            }
            total += weight;
        }
    }

    /** Adds a distribution; it is ignored if the weight is not positive. */
    void add(Probabilities likely, double weight) {
        emotions = likely.emotions();
        add(likely.values(), weight);
    }

    /** Returns the mean of distributions; empty if none was added. */
    Optional<Probabilities> probabilities() {
        return values().map(mean -> new Probabilities(emotions, mean));
    }

    /** Returns the mean; empty if no vector was added. */
    Optional<float[]> values() {
        if (total == 0) {
            return Optional.empty();
        }
        float[] values = new float[sums.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (sums[i] / total);
        }
        return Optional.of(values);
    }
}
