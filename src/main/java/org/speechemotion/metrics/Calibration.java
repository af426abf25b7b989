package org.speechemotion.metrics;

import java.util.List;

/**
 * How far probabilities can be taken at their word.
 *
 * @param negativeLogLikelihood mean of −log of the true emotion's probability, in nats; 0 without clips
 * @param brier mean over clips of the squared distance from the truth, 0 to 2 (Brier 1950); 0 without clips
 */
public record Calibration(
        double negativeLogLikelihood, double brier, ReliabilityBins reliability, RiskCoverage riskCoverage) {

    public static Calibration of(List<Forecast> forecasts) {
        return new Calibration(
                forecasts.stream()
                        .mapToDouble(forecast -> -Temperature.logit(forecast.probabilities()[forecast.label()]))
                        .average()
                        .orElse(0),
                forecasts.stream().mapToDouble(Calibration::brier).average().orElse(0),
                ReliabilityBins.of(forecasts),
                RiskCoverage.of(forecasts));
    }

    private static double brier(Forecast forecast) {
        double sum = 0;
        for (int i = 0; i < forecast.probabilities().length; i++) {
            double distance = forecast.probabilities()[i] - (i == forecast.label() ? 1 : 0);
            sum += distance * distance;
        }
        return sum;
    }

    /** See {@link ReliabilityBins#expectedCalibrationError}. */
    public double expectedCalibrationError() {
        return reliability.expectedCalibrationError();
    }
}
