package org.speechemotion.metrics;

/** A 95 % confidence interval of a score in [0, 1]; both ends belong to it. */
public record Interval(double low, double high) {
    /**
     * Checks the order of the ends.
     *
     * @throws IllegalArgumentException if low is above high or either is NaN
     */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval is [%s, %s]; low must not exceed high".formatted(low, high));
        }
    }
}
