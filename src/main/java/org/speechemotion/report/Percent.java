package org.speechemotion.report;

import java.util.Locale;
import org.speechemotion.metrics.Interval;

/** Shares as percentages for people. */
public final class Percent {
    private Percent() {}

    /** Formats a share such as 0.75 as {@code 75.0 %}. */
    public static String of(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Formats an interval such as {@code 55.1 to 66.0 %}, or says that there is none. */
    public static String of(Interval interval) {
        return isKnown(interval)
                ? String.format(Locale.ROOT, "%.1f to %.1f %%", 100 * interval.low(), 100 * interval.high())
                : "too few speakers for an interval";
    }

    /** Whether there are enough speakers for an interval. */
    public static boolean isKnown(Interval interval) {
        return interval.low() > 0 || interval.high() < 1;
    }
}
