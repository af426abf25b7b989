package org.speechemotion.acoustics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Quantiles of the acoustic properties of a set of recordings, such as those that a model was trained on.
 *
 * @param recordings the number of recordings
 * @param quantiles the quantiles at {@link #LEVELS} of each property, by {@link AcousticProperty#id}
 */
public record AcousticRanges(long recordings, Map<String, List<Double>> quantiles) {
    /** The shares of the recordings below each quantile. */
    public static final List<Double> LEVELS = List.of(0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0);

    private static final int MAX_PROPERTIES = 100;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the quantiles of a property are not as many finite numbers in ascending order as
     *     there are levels
     */
    @JsonCreator
    public AcousticRanges(
            @JsonProperty("recordings") long recordings,
            @JsonProperty("quantiles") Map<String, List<Double>> quantiles) {
        if (recordings < 1) {
            throw new IllegalArgumentException("recordings is " + recordings + "; allowed: at least 1");
        }
        if (quantiles == null || quantiles.size() > MAX_PROPERTIES) {
            throw new IllegalArgumentException("quantiles has %s properties; allowed: 0 to %d"
                    .formatted(quantiles == null ? "no" : quantiles.size(), MAX_PROPERTIES));
        }
        Map<String, List<Double>> checked = new TreeMap<>();
        quantiles.forEach((property, values) -> checked.put(property, checked(property, values)));
        this.recordings = recordings;
        this.quantiles = Map.copyOf(checked);
    }

    private static List<Double> checked(String property, List<Double> values) {
        boolean valid = values != null && values.size() == LEVELS.size();
        for (int i = 0; valid && i < values.size(); i++) {
            Double value = values.get(i);
            valid = value != null && Double.isFinite(value) && (i == 0 || value >= values.get(i - 1));
        }
        if (!valid) {
            throw new IllegalArgumentException("quantiles.%s is %s; allowed: %d finite numbers in ascending order"
                    .formatted(property, values, LEVELS.size()));
        }
        return List.copyOf(values);
    }

    /** Computes the quantiles of recordings, by linear interpolation; empty if there are no recordings. */
    public static Optional<AcousticRanges> of(Collection<AcousticProfile> profiles) {
        if (profiles.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<Double>> quantiles = new TreeMap<>();
        for (AcousticProperty property : AcousticProperty.values()) {
            double[] values = values(property, profiles);
            if (values.length > 0) {
                quantiles.put(
                        property.id(),
                        LEVELS.stream().map(level -> quantile(values, level)).toList());
            }
        }
        return Optional.of(new AcousticRanges(profiles.size(), quantiles));
    }

    /** Returns the values of a property in ascending order. */
    static double[] values(AcousticProperty property, Collection<AcousticProfile> profiles) {
        List<Double> values = new ArrayList<>();
        profiles.forEach(profile -> profile.value(property).ifPresent(values::add));
        return values.stream().mapToDouble(value -> value).sorted().toArray();
    }

    /** Returns a quantile of sorted values by linear interpolation, as NumPy computes it by default. */
    static double quantile(double[] sorted, double level) {
        double position = level * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** Returns a quantile of a property; empty if no recording has the property. */
    public Optional<Double> quantile(AcousticProperty property, double level) {
        int index = LEVELS.indexOf(level);
        if (index < 0) {
            throw new IllegalArgumentException("level is " + level + "; allowed: " + Arrays.toString(LEVELS.toArray()));
        }
        return Optional.ofNullable(quantiles.get(property.id())).map(values -> values.get(index));
    }
}
