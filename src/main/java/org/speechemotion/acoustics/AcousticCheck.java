package org.speechemotion.acoustics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * Compares recordings with those that a model was trained on, property by property.
 *
 * @param trained the number of recordings that the ranges of the training were computed from
 * @param recordings the number of recordings that were compared
 * @param outside the number of these with at least one property outside the range of the training
 * @param findings the properties that both have
 */
public record AcousticCheck(long trained, long recordings, long outside, List<Finding> findings) {
    /** The ends of the range of a property in training, as shares of its recordings. */
    private static final double LOW = 0.01;

    private static final double HIGH = 0.99;
    /** Two percent of the recordings of the training are outside its range themselves. */
    private static final double MAX_OUTSIDE = 0.1;

    /**
     * A property of the recordings, compared with the training.
     *
     * @param low the end below which 1 % of the recordings of the training are
     * @param high the end above which 1 % of them are
     * @param trainedMedian the median of the training
     * @param median the median of the recordings
     * @param below the share of the recordings below the low end
     * @param above the share of the recordings above the high end
     */
    public record Finding(
            AcousticProperty property,
            double low,
            double high,
            double trainedMedian,
            double median,
            double below,
            double above) {
        /** Returns whether more than 10 % of the recordings are outside the range. */
        public boolean leaves() {
            return below + above > MAX_OUTSIDE;
        }

        /** Returns the differences of the recordings and the remedies; empty if they do not leave the range. */
        public Optional<String> advice() {
            if (!leaves()) {
                return Optional.empty();
            }
            boolean low = below >= above;
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s: %.0f %% of the recordings %s than those of the training: %s",
                    property.title(),
                    100 * Math.max(below, above),
                    property.comparison(low),
                    property.advice(low)));
        }
    }

    public AcousticCheck {
        findings = List.copyOf(findings);
    }

    /**
     * Compares recordings with the training.
     *
     * @throws IllegalArgumentException if there are no recordings
     */
    public static AcousticCheck of(AcousticRanges training, Collection<AcousticProfile> recordings) {
        if (recordings.isEmpty()) {
            throw new IllegalArgumentException("there is no recording to compare with the training");
        }
        List<Finding> findings = new ArrayList<>();
        for (AcousticProperty property : AcousticProperty.values()) {
            double[] values = AcousticRanges.values(property, recordings);
            Optional<Double> low = training.quantile(property, LOW);
            if (low.isPresent() && values.length > 0) {
                double high = training.quantile(property, HIGH).orElseThrow();
                findings.add(new Finding(
                        property,
                        low.get(),
                        high,
                        training.quantile(property, 0.5).orElseThrow(),
                        AcousticRanges.quantile(values, 0.5),
                        share(values, value -> value < low.get()),
                        share(values, value -> value > high)));
            }
        }
        long outside = recordings.stream()
                .filter(recording -> findings.stream().anyMatch(finding -> isOutside(recording, finding)))
                .count();
        return new AcousticCheck(training.recordings(), recordings.size(), outside, findings);
    }

    private static boolean isOutside(AcousticProfile recording, Finding finding) {
        return recording.value(finding.property()).stream()
                .anyMatch(value -> value < finding.low() || value > finding.high());
    }

    private static double share(double[] values, DoublePredicate condition) {
        return (double) Arrays.stream(values).filter(condition).count() / values.length;
    }

    /** Returns a table in aligned columns, the remedies, and the number of labelled clips that are needed. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-16s %22s %12s %12s %8s %8s",
                "property",
                "training, 1 to 99 %",
                "median",
                "here",
                "below",
                "above"));
        for (Finding one : findings) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-16s %22s %12s %12s %7.0f%% %7.0f%%%s",
                    one.property().title(),
                    one.property().format(one.low()) + " to " + one.property().format(one.high()),
                    one.property().format(one.trainedMedian()),
                    one.property().format(one.median()),
                    100 * one.below(),
                    100 * one.above(),
                    one.leaves() ? "  leaves the range" : ""));
        }
        lines.add(outside + " of " + recordings
                + " recordings have a property outside the range of the training, of whose recordings 2 % do"
                + " for each property.");
        List<String> advice = advice();
        if (advice.isEmpty()) {
            lines.add(
                    "No property leaves the range of the training. This does not show that the emotions are recognised:"
                            + " only labelled clips do.");
        } else {
            lines.addAll(advice);
        }
        lines.add("Label about 100 clips of at least 5 speakers, 10 or more of each emotion: evaluate measures the"
                + " accuracy on them within 10 points, and calibrate needs 50.");
        return lines;
    }

    /** Returns the remedies for the properties that leave their ranges. */
    public List<String> advice() {
        return findings.stream().flatMap(finding -> finding.advice().stream()).toList();
    }

    /** Returns the content of a JSON file. */
    public Map<String, Object> metrics() {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("training_recordings", trained);
        metrics.put("recordings", recordings);
        metrics.put("recordings_outside", outside);
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Finding one : findings) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("unit", one.property().unit());
            values.put("training_range", List.of(one.low(), one.high()));
            values.put("training_median", one.trainedMedian());
            values.put("median", one.median());
            values.put("share_below", one.below());
            values.put("share_above", one.above());
            values.put("leaves", one.leaves());
            values.put("advice", one.advice().orElse(null));
            properties.put(one.property().id(), values);
        }
        metrics.put("properties", properties);
        return metrics;
    }
}
