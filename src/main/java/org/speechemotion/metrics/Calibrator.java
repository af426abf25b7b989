package org.speechemotion.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Calibrates the probabilities p of a network: softmax(log p / T + b), with a temperature T and a bias b of each emotion
 * (bias-corrected temperature scaling; Alexandari, Kundaje and Shrikumar, ICML 2020, arXiv 1901.06852). Without a bias it is
 * {@link Temperature temperature scaling}, which never changes the predicted emotion; a bias may change it.
 *
 * @param temperature the temperature, a finite number above 0
 * @param bias the bias of each emotion in label order, {@code [emotions]}, or empty for none
 */
public record Calibrator(double temperature, List<Double> bias) {
    /** The greatest absolute bias. */
    public static final double MAX_BIAS = 20;

    /** The exponent of the prior on the temperature, as for {@link Temperature#fit}. */
    private static final double TEMPERATURE_STRENGTH = 32;

    /** The inverse variance of the normal prior on each bias, which therefore has a standard deviation of 0.5. */
    private static final double BIAS_STRENGTH = 4;

    private static final int ITERATIONS = 100;
    private static final int HALVINGS = 40;
    private static final double TOLERANCE = 1e-10;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Calibrator {
        bias = List.copyOf(bias);
        if (!Temperature.isValid(temperature)) {
            throw new IllegalArgumentException("temperature is " + temperature + "; allowed: a finite number above 0");
        }
        if (!bias.isEmpty() && !bias.stream().allMatch(Calibrator::isBias)) {
            throw new IllegalArgumentException("bias is %s; allowed: none, or a number from -%s to %s for each emotion"
                    .formatted(bias, MAX_BIAS, MAX_BIAS));
        }
    }

    private static boolean isBias(double value) {
        return Math.abs(value) <= MAX_BIAS;
    }

    /** Returns temperature scaling without a bias. */
    public static Calibrator of(double temperature) {
        return new Calibrator(temperature, List.of());
    }

    /** Returns the calibrated probabilities as a new array. */
    public float[] apply(float[] probabilities) {
        if (bias.isEmpty()) {
            return Temperature.apply(probabilities, temperature);
        }
        double[] logits = new double[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = Temperature.logit(probabilities[i]) / temperature + bias.get(i);
        }
        double[] softmax = softmax(logits);
        float[] calibrated = new float[softmax.length];
        for (int i = 0; i < softmax.length; i++) {
            calibrated[i] = (float) softmax[i];
        }
        return calibrated;
    }

    /** Returns the calibrator that applies another one first, and then this one. */
    public Calibrator after(Calibrator first) {
        List<Double> sum = new ArrayList<>();
        for (int i = 0; i < Math.max(bias.size(), first.bias.size()); i++) {
            double value =
                    (first.bias.isEmpty() ? 0 : first.bias.get(i)) / temperature + (bias.isEmpty() ? 0 : bias.get(i));
            sum.add(Math.max(-MAX_BIAS, Math.min(MAX_BIAS, value)));
        }
        boolean none = sum.stream().allMatch(value -> value == 0);
        return new Calibrator(temperature * first.temperature, none ? List.of() : sum);
    }

    /**
     * Fits temperature and bias to labelled predictions by maximum a posteriori: the least negative log-likelihood, with a
     * gamma prior on 1 / T whose mode is 1 and a normal prior on each bias whose mean is 0. A few predictions hardly move
     * either. Only the emotions of the labels are fitted and compared; the others keep a bias of 0.
     *
     * @return the calibrator; without predictions it changes nothing
     */
    public static Calibrator fit(List<LabelledPrediction> predictions) {
        int[] classes = predictions.stream()
                .mapToInt(LabelledPrediction::label)
                .distinct()
                .sorted()
                .toArray();
        if (classes.length < 2) {
            return of(Temperature.NEUTRAL);
        }
        double[] parameters = new Fit(predictions, classes).minimize();
        List<Double> bias = new ArrayList<>(
                Collections.nCopies(predictions.get(0).probabilities().values().length, 0.0));
        for (int i = 0; i < classes.length; i++) {
            bias.set(classes[i], Math.max(-MAX_BIAS, Math.min(MAX_BIAS, parameters[i + 1])));
        }
        return new Calibrator(1 / parameters[0], bias);
    }

    /**
     * Calibrates each group of predictions by the fit to all other groups, so that the result estimates the effect of
     * a fit to all of them on other clips.
     *
     * @param groups the predictions of each speaker, or of each fold
     */
    public static List<LabelledPrediction> crossFit(Map<String, List<LabelledPrediction>> groups) {
        List<LabelledPrediction> calibrated = new ArrayList<>();
        groups.forEach((left, own) -> {
            Calibrator fitted = fit(groups.entrySet().stream()
                    .filter(group -> !group.getKey().equals(left))
                    .flatMap(group -> group.getValue().stream())
                    .toList());
            own.forEach(one -> calibrated.add(
                    new LabelledPrediction(one.label(), one.probabilities().calibrated(fitted))));
        });
        return calibrated;
    }

    private static double[] softmax(double[] logits) {
        double max = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            max = Math.max(max, logit);
        }
        double[] softmax = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < softmax.length; i++) {
            softmax[i] = Math.exp(logits[i] - max);
            sum += softmax[i];
        }
        for (int i = 0; i < softmax.length; i++) {
            softmax[i] /= sum;
        }
        return softmax;
    }

    /** Newton's method on 1 / T and the biases, in which the loss is strictly convex. */
    private static final class Fit {
        private final double[][] logs;
        private final int[] labels;
        private final int classes;

        Fit(List<LabelledPrediction> predictions, int[] classes) {
            this.classes = classes.length;
            logs = predictions.stream()
                    .map(one -> IntStream.of(classes)
                            .mapToDouble(label ->
                                    Temperature.logit(one.probabilities().of(label)))
                            .toArray())
                    .toArray(double[][]::new);
            labels = predictions.stream()
                    .mapToInt(one -> Arrays.binarySearch(classes, one.label()))
                    .toArray();
        }

        double[] minimize() {
            double[] at = new double[classes + 1];
            at[0] = 1;
            double loss = loss(at);
            for (int i = 0; i < ITERATIONS; i++) {
                double[] step = step(at);
                double share = 1;
                double[] next = moved(at, step, share);
                double found = loss(next);
                for (int j = 0; j < HALVINGS && !(found <= loss); j++) {
                    share /= 2;
                    next = moved(at, step, share);
                    found = loss(next);
                }
                boolean ends = !(found <= loss) || loss - found < TOLERANCE;
                at = found <= loss ? next : at;
                loss = Math.min(loss, found);
                if (ends) {
                    break;
                }
            }
            return at;
        }

        private static double[] moved(double[] at, double[] step, double share) {
            double[] next = new double[at.length];
            for (int i = 0; i < at.length; i++) {
                next[i] = at[i] - share * step[i];
            }
            next[0] = Math.max(1 / Temperature.MAX, Math.min(1 / Temperature.MIN, next[0]));
            return next;
        }

        private double[] probabilities(double[] at, double[] logs) {
            double[] logits = new double[classes];
            for (int k = 0; k < classes; k++) {
                logits[k] = at[0] * logs[k] + at[k + 1];
            }
            return softmax(logits);
        }

        private double loss(double[] at) {
            double loss = TEMPERATURE_STRENGTH * (at[0] - Math.log(at[0]));
            for (int k = 1; k <= classes; k++) {
                loss += BIAS_STRENGTH / 2 * at[k] * at[k];
            }
            for (int i = 0; i < logs.length; i++) {
                loss -= Math.log(Math.max(Double.MIN_NORMAL, probabilities(at, logs[i])[labels[i]]));
            }
            return loss;
        }

        /** Returns the Newton step, the solution of Hessian · step = gradient. */
        private double[] step(double[] at) {
            double[] gradient = new double[classes + 1];
            double[][] hessian = new double[classes + 1][classes + 1];
            gradient[0] = TEMPERATURE_STRENGTH * (1 - 1 / at[0]);
            hessian[0][0] = TEMPERATURE_STRENGTH / (at[0] * at[0]);
            for (int k = 1; k <= classes; k++) {
                gradient[k] = BIAS_STRENGTH * at[k];
                hessian[k][k] = BIAS_STRENGTH;
            }
            for (int i = 0; i < logs.length; i++) {
                double[] softmax = probabilities(at, logs[i]);
                double mean = 0;
                for (int k = 0; k < classes; k++) {
                    mean += softmax[k] * logs[i][k];
                }
                gradient[0] += mean - logs[i][labels[i]];
                gradient[labels[i] + 1] -= 1;
                for (int k = 0; k < classes; k++) {
                    double distance = logs[i][k] - mean;
                    gradient[k + 1] += softmax[k];
                    hessian[0][0] += softmax[k] * distance * distance;
                    hessian[0][k + 1] += softmax[k] * distance;
                    hessian[k + 1][0] += softmax[k] * distance;
                    hessian[k + 1][k + 1] += softmax[k];
                    for (int j = 0; j < classes; j++) {
                        hessian[k + 1][j + 1] -= softmax[k] * softmax[j];
                    }
                }
            }
            return new CholeskyDecomposition(new Array2DRowRealMatrix(hessian, false), 1e-9, 1e-12)
                    .getSolver()
                    .solve(new ArrayRealVector(gradient, false))
                    .toArray();
        }
    }
}
