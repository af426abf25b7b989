package org.speechemotion.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.speechemotion.metrics.Calibration;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.train.Trainer;
import org.speechemotion.train.Trainer.Prediction;

/**
 * The predictions for one side of a split with their evaluation.
 *
 * @param side the name of the side, or of another corpus
 * @param predictions the calibrated predictions
 * @param calibrator the model's calibration
 * @param uncalibrated the figures of the uncalibrated predictions
 * @param calibrated the figures of the calibrated predictions
 */
public record SideResult(
        String side,
        List<Prediction> predictions,
        Calibrator calibrator,
        Evaluation evaluation,
        Calibration uncalibrated,
        Calibration calibrated) {
    private static final Set<String> SIDES = Set.of("train", "validation", "test");

    public SideResult {
        predictions = List.copyOf(predictions);
    }

    /** Evaluates predictions of a model without a bias; see {@link #of(String, List, Calibrator)}. */
    public static SideResult of(String side, List<Prediction> predictions, double temperature) {
        return of(side, predictions, Calibrator.of(temperature));
    }

    /**
     * Evaluates predictions.
     *
     * @param predictions the uncalibrated predictions of the network
     * @param calibrator the model's calibration
     */
    public static SideResult of(String side, List<Prediction> predictions, Calibrator calibrator) {
        LabelMap labels = predictions.isEmpty()
                ? LabelMap.identity()
                : LabelMap.identity(predictions.get(0).probabilities().emotions());
        return of(side, predictions, calibrator, labels);
    }

    /**
     * Evaluates predictions over merged or fewer emotions.
     *
     * @param predictions the uncalibrated predictions of the network
     * @param calibrator the model's calibration
     * @param labels the map of the emotions, which is applied to the labels and, after the calibration, to the probabilities
     * @throws IllegalArgumentException if the map leaves out the label of a prediction
     */
    public static SideResult of(String side, List<Prediction> predictions, Calibrator calibrator, LabelMap labels) {
        List<Prediction> scaled = predictions.stream()
                .map(one -> one.calibrated(calibrator).mapped(labels))
                .toList();
        return new SideResult(
                side,
                scaled,
                calibrator,
                Evaluation.of(byActor(scaled)),
                calibration(predictions.stream().map(one -> one.mapped(labels)).toList()),
                calibration(scaled));
    }

    /** Returns the name of the scored clips, such as {@code test side}, or the name of another corpus. */
    public String title() {
        return SIDES.contains(side) ? side + " side" : side;
    }

    /** Returns the temperature of the model's calibration. */
    public double temperature() {
        return calibrator.temperature();
    }

    /** Returns the calibration as one line of text. */
    public String calibrationLine() {
        return String.format(
                Locale.ROOT,
                "expected calibration error %.3f, Brier score %.3f (uncalibrated %.3f and %.3f; temperature %.2f%s)",
                calibrated.expectedCalibrationError(),
                calibrated.brier(),
                uncalibrated.expectedCalibrationError(),
                uncalibrated.brier(),
                temperature(),
                calibrator.bias().isEmpty() ? "" : " and a bias of each emotion");
    }

    /** Returns the confusion matrix of each speaker. */
    static Map<String, ConfusionMatrix> byActor(List<Prediction> predictions) {
        Map<String, ConfusionMatrix> matrices = new TreeMap<>();
        predictions.stream()
                .collect(Collectors.groupingBy(one -> one.example().speakerId()))
                .forEach((speaker, own) -> matrices.put(speaker, Trainer.confusion(own)));
        return matrices;
    }

    private static Calibration calibration(List<Prediction> predictions) {
        return Calibration.of(predictions.stream().map(Prediction::labelled).toList());
    }
}
