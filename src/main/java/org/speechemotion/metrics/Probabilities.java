package org.speechemotion.metrics;

import java.io.Serializable;
import java.util.List;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;

/**
 * A probability distribution over emotions.
 *
 * @param emotions the emotions
 * @param values {@code [emotions]}, in label order, summing to 1; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Probabilities(EmotionSet emotions, float[] values) implements Serializable {
    /** The answer given instead of an emotion when the confidence is too low. */
    public static final String UNCERTAIN = "uncertain";

    /** @throws IllegalArgumentException if there is not one probability for each emotion */
    public Probabilities {
        if (values.length != emotions.size()) {
            throw new IllegalArgumentException(
                    "there are %d probabilities; allowed: %d".formatted(values.length, emotions.size()));
        }
    }

    /** Creates a distribution over {@link EmotionSet#EIGHT}. */
    public Probabilities(float[] values) {
        this(EmotionSet.EIGHT, values);
    }

    /** Returns the index of the greatest value; of equal values, the first. */
    public static int argmax(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Returns the label of the most likely emotion; of equally likely ones, the first in label order. */
    public int label() {
        return argmax(values);
    }

    /** Returns the most likely emotion; of equally likely ones, the first in label order. */
    public Emotion emotion() {
        return emotions.ofLabel(label());
    }

    /** Returns the probability of a label. */
    public float of(int label) {
        return values[label];
    }

    /** Returns the probability of the most likely emotion. */
    public float confidence() {
        return values[label()];
    }

    /** Returns the id of the most likely emotion, or {@value #UNCERTAIN} if its probability is below the threshold. */
    public String answer(double abstainBelow) {
        return confidence() < abstainBelow ? UNCERTAIN : emotion().id();
    }

    /** Returns the Shannon entropy in bits: 0 if one emotion is certain, 3 if all of eight are equally likely. */
    public double entropyBits() {
        double entropy = 0;
        for (float value : values) {
            entropy -= value > 0 ? value * Math.log(value) / Math.log(2) : 0;
        }
        return entropy;
    }

    /**
     * Returns the normalised geometric mean of distributions over the same emotions, which is the mean of their logarithms.
     *
     * @param all at least one, of which a single one is returned as it is
     */
    public static Probabilities mean(List<Probabilities> all) {
        Probabilities first = all.get(0);
        if (all.size() == 1) {
            return first;
        }
        double[] mean = new double[first.values.length];
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            for (Probabilities one : all) {
                mean[i] += Temperature.logit(one.of(i)) / all.size();
            }
            mean[i] = Math.exp(mean[i]);
            sum += mean[i];
        }
        float[] values = new float[mean.length];
        for (int i = 0; i < mean.length; i++) {
            values[i] = (float) (mean[i] / sum);
        }
        return new Probabilities(first.emotions, values);
    }

    /** Returns the calibrated distribution; see {@link Calibrator#apply}. */
    public Probabilities calibrated(Calibrator calibrator) {
        return new Probabilities(emotions, calibrator.apply(values));
    }
}
