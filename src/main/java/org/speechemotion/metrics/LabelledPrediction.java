package org.speechemotion.metrics;

/**
 * The true label of a clip, and the probabilities that a network gave to its emotions.
 *
 * @param label the true one
 */
public record LabelledPrediction(int label, Probabilities probabilities) {
    /** @throws IllegalArgumentException if no emotion has the label */
    public LabelledPrediction {
        probabilities.emotions().ofLabel(label);
    }

    /** Returns whether the true label is predicted. */
    public boolean isRight() {
        return probabilities.label() == label;
    }

    /** Returns the probability of the true label. */
    public float probabilityOfLabel() {
        return probabilities.of(label);
    }
}
