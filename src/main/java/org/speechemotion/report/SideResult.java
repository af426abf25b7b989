package org.speechemotion.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.speechemotion.metrics.Calibration;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.train.Trainer;
import org.speechemotion.train.Trainer.Prediction;

/**
 * Predictions for one side of a split, and what is to be said of them.
 *
 * @param side its name
 * @param predictions at the model's temperature
 * @param temperature the model's
 * @param uncalibrated what the probabilities were worth at temperature 1
 * @param calibrated what they are worth
 */
public record SideResult(
        String side,
        List<Prediction> predictions,
        double temperature,
        Evaluation evaluation,
        Calibration uncalibrated,
        Calibration calibrated) {
    public SideResult {
        predictions = List.copyOf(predictions);
    }

    /**
     * Evaluates predictions.
     *
     * @param predictions at temperature 1, as the network gives them
     * @param temperature the model's
     */
    public static SideResult of(String side, List<Prediction> predictions, double temperature) {
        List<Prediction> scaled =
                predictions.stream().map(one -> one.tempered(temperature)).toList();
        return new SideResult(
                side,
                scaled,
                temperature,
                Evaluation.of(byActor(predictions)),
                calibration(predictions),
                calibration(scaled));
    }

    /** For people: what the probabilities are worth, in one line. */
    public String calibrationLine() {
        return String.format(
                Locale.ROOT,
                "expected calibration error %.3f, Brier score %.3f at temperature %.2f (%.3f and %.3f at 1)",
                calibrated.expectedCalibrationError(),
                calibrated.brier(),
                temperature,
                uncalibrated.expectedCalibrationError(),
                uncalibrated.brier());
    }

    /** What was predicted of each actor's clips. */
    static Map<String, ConfusionMatrix> byActor(List<Prediction> predictions) {
        Map<String, ConfusionMatrix> matrices = new TreeMap<>();
        predictions.stream()
                .collect(Collectors.groupingBy(one -> one.example().actorId()))
                .forEach((actor, own) -> matrices.put(actor, Trainer.confusion(own)));
        return matrices;
    }

    private static Calibration calibration(List<Prediction> predictions) {
        return Calibration.of(predictions.stream().map(Prediction::labelled).toList());
    }
}
