package org.speechemotion.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.metrics.Calibration;
import org.speechemotion.metrics.ClassScores;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.Interval;
import org.speechemotion.metrics.ScoreIntervals;
import org.speechemotion.metrics.Scores;

/**
 * The content of {@code metrics.json}. Scores are between 0 and 1, and 95 % intervals are [low, high]. An interval is
 * null if there are too few speakers for one, and {@code interval_missing} gives the reason.
 */
public final class MetricsJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private MetricsJson() {}

    public static Map<String, Object> of(Evaluation evaluation) {
        Scores scores = evaluation.scores();
        Optional<ScoreIntervals> intervals = evaluation.intervals();
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("n", scores.n());
        metrics.put("speakers", evaluation.speakers());
        metrics.put("accuracy", scores.accuracy());
        metrics.put("accuracy_interval", ends(intervals.map(ScoreIntervals::accuracy)));
        metrics.put("uar", scores.unweightedAverageRecall());
        metrics.put("uar_interval", ends(intervals.map(ScoreIntervals::unweightedAverageRecall)));
        metrics.put("macro_f1", scores.macroF1());
        metrics.put("macro_f1_interval", ends(intervals.map(ScoreIntervals::macroF1)));
        metrics.put("interval_missing", evaluation.missingIntervalReason().orElse(null));
        Map<String, Object> classes = new LinkedHashMap<>();
        for (ClassScores one : scores.classes()) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("precision", one.precision());
            values.put("recall", one.recall());
            values.put("f1", one.f1());
            values.put("support", one.support());
            classes.put(one.emotion().id(), values);
        }
        metrics.put("classes", classes);
        metrics.put("confusion_matrix", evaluation.matrix().counts());
        return metrics;
    }

    /**
     * Returns the evaluation of a side and, under {@code calibration}, its calibration before and after temperature
     * scaling.
     */
    public static Map<String, Object> of(SideResult result) {
        Map<String, Object> metrics = of(result.evaluation());
        Map<String, Object> calibration = new LinkedHashMap<>();
        calibration.put("temperature", result.temperature());
        calibration.put("before", calibration(result.uncalibrated()));
        calibration.put("after", calibration(result.calibrated()));
        Map<String, Object> accuracies = new LinkedHashMap<>();
        for (double coverage : List.of(0.7, 0.8, 0.9)) {
            accuracies.put(
                    Double.toString(coverage),
                    result.calibrated().riskCoverage().accuracyAt(coverage));
        }
        calibration.put("accuracy_at_coverage", accuracies);
        metrics.put("calibration", calibration);
        return metrics;
    }

    private static Map<String, Object> calibration(Calibration calibration) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("nll", calibration.negativeLogLikelihood());
        figures.put("ece", calibration.expectedCalibrationError());
        figures.put("brier", calibration.brier());
        return figures;
    }

    /** Formats metrics as indented JSON. */
    public static String render(Map<String, Object> metrics) {
        try {
            return JSON.writeValueAsString(metrics) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("metrics could not be written", impossible);
        }
    }

    private static List<Double> ends(Optional<Interval> interval) {
        return interval.map(one -> List.of(one.low(), one.high())).orElse(null);
    }
}
