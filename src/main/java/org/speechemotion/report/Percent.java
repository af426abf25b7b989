package org.speechemotion.report;

import java.util.Locale;
import java.util.Optional;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.Interval;

/** Shares as percentages for people. */
public final class Percent {
    private Percent() {}

    /** Formats a share such as 0.75 as {@code 75.0 %}. */
    public static String of(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Formats an interval such as {@code 55.1 to 66.0 %}, or says that there is none. */
    public static String of(Optional<Interval> interval) {
        return interval.map(one -> String.format(Locale.ROOT, "%.1f to %.1f %%", 100 * one.low(), 100 * one.high()))
                .orElse(Evaluation.TOO_FEW_SPEAKERS);
    }
}
