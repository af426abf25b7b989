package org.speechemotion.metrics;

import org.speechemotion.corpus.Emotion;

/**
 * A clip's true label, and the probabilities that its emotions were given.
 *
 * @param probabilities {@code [8]}, in label order, summing to 1
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Forecast(int label, float[] probabilities) {
    /**
     * Checks the shapes.
     *
     * @throws IllegalArgumentException if the label is no emotion's, or there is not one probability for each emotion
     */
    public Forecast {
        Emotion.ofLabel(label);
        if (probabilities.length != Emotion.count()) {
            throw new IllegalArgumentException(
                    "a forecast has %d probabilities; allowed: %d".formatted(probabilities.length, Emotion.count()));
        }
    }

    /** The likeliest emotion's label, the first of equals. */
    public int predicted() {
        return likeliest(probabilities);
    }

    /** The likeliest emotion's probability. */
    public float confidence() {
        return probabilities[predicted()];
    }

    public boolean isRight() {
        return predicted() == label;
    }

    /** The same clip, its probabilities at this temperature. */
    public Forecast at(double temperature) {
        return new Forecast(label, Temperature.apply(probabilities, temperature));
    }

    /** The greatest probability's label, the first of equals. */
    public static int likeliest(float[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }
}
