package org.speechemotion.metrics;

import java.util.List;

/**
 * Temperature scaling (Guo et al., arXiv 1706.04599): softmax(log p / T). A temperature above 1 makes predictions less
 * sure, one below 1 surer; which emotion is the likeliest never changes.
 */
public final class Temperature {
    /** The temperature that changes no probability. */
    public static final double NEUTRAL = 1;

    /** The bounds of a fit: the likelihood of clips that are all right, or all wrong, has no maximum. */
    public static final double LOWEST = 0.2;

    public static final double HIGHEST = 10;

    /**
     * The exponent of the prior, found by simulation ({@code TemperatureShrinkageTest}): smaller ones make calibrated
     * networks worse where there are fewer than 64 clips, larger ones leave more of an overconfident network's error.
     */
    private static final double PRIOR_STRENGTH = 32;

    private static final int HALVINGS = 50;

    private Temperature() {}

    /**
     * The temperature that explains the true labels best (least negative log-likelihood), shrunk towards {@link #NEUTRAL} by
     * a gamma prior on 1 / T, whose mode is 1. Few predictions hardly move the temperature, many outweigh the prior.
     *
     * @return {@link #NEUTRAL} without predictions
     */
    public static double fit(List<LabelledPrediction> predictions) {
        return fit(predictions, PRIOR_STRENGTH);
    }

    /**
     * The maximum a posteriori temperature; with a strength of 0 the maximum-likelihood one. The loss is convex in 1 / T, so
     * its slope is bisected.
     */
    static double fit(List<LabelledPrediction> predictions, double priorStrength) {
        if (predictions.isEmpty()) {
            return NEUTRAL;
        }
        double low = 1 / HIGHEST;
        double high = 1 / LOWEST;
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

    /** Probabilities at a temperature: a new array, and at a temperature of 1 an exact copy. */
    public static float[] apply(float[] probabilities, double temperature) {
        if (!isValid(temperature)) {
            throw new IllegalArgumentException("temperature is " + temperature + "; allowed: a number above 0");
        }
        float[] scaled = probabilities.clone();
        if (temperature == NEUTRAL) {
            return scaled;
        }
        double[] exact = softmax(probabilities, 1 / temperature);
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) exact[i];
        }
        // Two probabilities that were told apart may have been rounded to one.
        int likeliest = Probabilities.argmax(probabilities);
        int now = Probabilities.argmax(scaled);
        if (now != likeliest) {
            scaled[likeliest] = Math.nextUp(scaled[now]);
        }
        return scaled;
    }

    /** Whether it is a finite number above 0. */
    public static boolean isValid(double temperature) {
        return temperature > 0 && temperature < Double.POSITIVE_INFINITY;
    }

    /** The derivative of the summed negative log-likelihood by 1 / T. */
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
        double greatest = logit(probabilities[Probabilities.argmax(probabilities)]);
        double[] softmax = new double[probabilities.length];
        double sum = 0;
        for (int i = 0; i < softmax.length; i++) {
            softmax[i] = Math.exp((logit(probabilities[i]) - greatest) * inverse);
            sum += softmax[i];
        }
        for (int i = 0; i < softmax.length; i++) {
            softmax[i] /= sum;
        }
        return softmax;
    }

    /** A probability of 0 is what single precision left of a very small one. */
    static double logit(float probability) {
        return Math.log(Math.max(probability, Float.MIN_NORMAL));
    }
}
