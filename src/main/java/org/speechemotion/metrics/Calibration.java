package org.speechemotion.metrics;

import java.util.List;

/**
 * Measures of how well predicted probabilities agree with the true labels.
 *
 * @param negativeLogLikelihood the mean over clips of −log of the true emotion's probability, in nats; 0 without clips
 * @param brier the mean over clips of the squared distance from the one-hot true label, 0 to 2 (Brier 1950); 0 without
 *     clips
 */
public record Calibration(
        double negativeLogLikelihood, double brier, ReliabilityBins reliability, RiskCoverage riskCoverage) {

    public static Calibration of(List<LabelledPrediction> predictions) {
        return new Calibration(
                predictions.stream()
                        .mapToDouble(prediction -> -Temperature.logit(prediction.probabilityOfLabel()))
                        .average()
                        .orElse(0),
                predictions.stream().mapToDouble(Calibration::brier).average().orElse(0),
                ReliabilityBins.of(predictions),
                RiskCoverage.of(predictions));
    }

    private static double brier(LabelledPrediction prediction) {
        double sum = 0;
        for (int i = 0; i < prediction.probabilities().values().length; i++) {
            double distance = prediction.probabilities().of(i) - (i == prediction.label() ? 1 : 0);
            sum += distance * distance;
        }
        return sum;
    }

    /** Returns {@link ReliabilityBins#expectedCalibrationError}. */
    public double expectedCalibrationError() {
        return reliability.expectedCalibrationError();
    }
}
