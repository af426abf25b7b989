package org.speechemotion.metrics;

import java.util.List;

/**
 * Temperature scaling of probabilities, softmax(log p / T) (Guo et al., arXiv 1706.04599). A temperature above 1 makes
 * predictions less confident, one below 1 more. The predicted emotion never changes.
 */
public final class Temperature {
    /** The temperature that leaves probabilities unchanged. */
    public static final double NEUTRAL = 1;

    /** The lower bound of a fit, since the likelihood of clips that are all correct has no maximum. */
    public static final double MIN = 0.2;

    /** The upper bound of a fit. */
    public static final double MAX = 10;

    /**
     * The exponent of the prior, found by simulation ({@code TemperatureShrinkageTest}): smaller ones make calibrated
     * networks worse where there are fewer than 64 clips, larger ones leave more of an overconfident network's error.
     */
    private static final double PRIOR_STRENGTH = 32;

    private static final int HALVINGS = 50;

    private Temperature() {}

    /**
     * Fits the temperature with the least negative log-likelihood of the true labels, shrunk towards {@link #NEUTRAL} by
     * a gamma prior on 1 / T whose mode is 1. A few predictions hardly move the temperature; many outweigh the prior.
     *
     * @return the temperature, from {@link #MIN} to {@link #MAX}; {@link #NEUTRAL} without predictions
     */
    public static double fit(List<LabelledPrediction> predictions) {
        return fit(predictions, PRIOR_STRENGTH);
    }

    /**
     * Fits the maximum a posteriori temperature, which is the maximum-likelihood one if the strength of the prior is 0.
     * The loss is convex in 1 / T, so its slope is bisected.
     */
    static double fit(List<LabelledPrediction> predictions, double priorStrength) {
        if (predictions.isEmpty()) {
            return NEUTRAL;
        }
        double low = 1 / MAX;
        double high = 1 / MIN;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (slope(predictions, middle) + priorStrength * (1 - 1 / middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 2 / (low + high);
    }

    /**
     * Returns the probabilities at a temperature as a new array, which at a temperature of 1 is an exact copy.
     *
     * @throws IllegalArgumentException if the temperature is not a finite number above 0
     */
    public static float[] apply(float[] probabilities, double temperature) {
        if (!isValid(temperature)) {
            throw new IllegalArgumentException("temperature is " + temperature + "; allowed: a finite number above 0");
        }
        float[] scaled = probabilities.clone();
        if (temperature == NEUTRAL) {
            return scaled;
        }
        double[] exact = softmax(probabilities, 1 / temperature);
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) exact[i];
        }
        // Rounding may have made two different probabilities equal; the predicted emotion must not change.
        int likeliest = Probabilities.argmax(probabilities);
        int now = Probabilities.argmax(scaled);
        if (now != likeliest) {
            scaled[likeliest] = Math.nextUp(scaled[now]);
        }
        return scaled;
    }

    /** Returns whether a temperature is a finite number above 0. */
    public static boolean isValid(double temperature) {
        return temperature > 0 && temperature < Double.POSITIVE_INFINITY;
    }

    /** Returns the derivative of the summed negative log-likelihood with respect to 1 / T. */
    private static double slope(List<LabelledPrediction> predictions, double inverse) {
        double slope = 0;
        for (LabelledPrediction prediction : predictions) {
            float[] probabilities = prediction.probabilities().values();
            double[] softmax = softmax(probabilities, inverse);
            slope -= logit(prediction.probabilityOfLabel());
            for (int i = 0; i < softmax.length; i++) {
                slope += softmax[i] * logit(probabilities[i]);
            }
        }
        return slope;
    }

    private static double[] softmax(float[] probabilities, double inverse) {
        double max = logit(probabilities[Probabilities.argmax(probabilities)]);
        double[] softmax = new double[probabilities.length];
        double sum = 0;
        for (int i = 0; i < softmax.length; i++) {
            softmax[i] = Math.exp((logit(probabilities[i]) - max) * inverse);
            sum += softmax[i];
        }
        for (int i = 0; i < softmax.length; i++) {
            softmax[i] /= sum;
        }
        return softmax;
    }

    /** Returns the logarithm of a probability. A probability of 0 is a very small one that single precision rounded. */
    static double logit(float probability) {
        return Math.log(Math.max(probability, Float.MIN_NORMAL));
    }
}
