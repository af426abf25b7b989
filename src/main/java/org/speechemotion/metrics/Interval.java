package org.speechemotion.metrics;

/** Where a score lies with 95 % confidence, both ends included. */
public record Interval(double low, double high) {
    /** All that a score in [0, 1] can be: what is known when nothing is known. */
    static final Interval UNKNOWN = new Interval(0, 1);

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
