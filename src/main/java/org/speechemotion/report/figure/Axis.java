package org.speechemotion.report.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart.
 *
 * @param title names the quantity and its unit
 * @param ticks the values that are labelled
 * @param percent whether values are shares, labelled as percentages
 */
public record Axis(String title, double low, double high, List<Double> ticks, boolean percent) {
    private static final int MAX_TICKS = 6;

    /** Returns an axis of shares from 0 to 1. */
    public static Axis share(String title) {
        return new Axis(title, 0, 1, List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), true);
    }

    /** Returns an axis from 0 to the next round number at or above the greatest value. */
    public static Axis upTo(double max, String title, boolean percent) {
        double step = step(max);
        double high = max > 0 ? Math.ceil(max / step - 1e-9) * step : step;
        return new Axis(title, 0, high, ticks(0, high, step), percent);
    }

    /** Returns an axis of whole numbers that includes both ends. */
    public static Axis whole(int low, int high, String title) {
        double step = Math.max(1, step(high - low));
        List<Double> ticks = ticks(Math.ceil(low / step) * step, high, step);
        return new Axis(title, low, Math.max(high, low + 1), ticks, false);
    }

    /** Returns 1, 2 or 5 times a power of ten. */
    private static double step(double range) {
        if (!(range > 0 && range < Double.POSITIVE_INFINITY)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(range / MAX_TICKS)));
        for (double factor : new double[] {1, 2, 5}) {
            if (range / (factor * power) <= MAX_TICKS) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static List<Double> ticks(double first, double high, double step) {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; first + i * step <= high + step / 1e6; i++) {
            ticks.add(first + i * step);
        }
        return ticks;
    }

    /** Returns the position of a value between the ends of the axis, 0 to 1; a value outside them lies at the nearer end. */
    public double position(double value) {
        return Math.min(1, Math.max(0, (value - low) / (high - low)));
    }

    /** Returns the label of a tick. */
    public String label(double tick) {
        return percent ? String.format(Locale.ROOT, "%.0f %%", 100 * tick) : number(tick);
    }

    /** Returns an axis without ticks that spans values with a margin of a twentieth on both sides. */
    public static Axis around(double min, double max, String title) {
        double margin = max > min ? (max - min) / 20 : 1;
        return new Axis(title, min - margin, max + margin, List.of(), false);
    }

    /** Formats a number with at most two decimals. */
    public static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
