package org.speechemotion.scoring.export;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Formats times and confidences. */
final class Times {

    /** Nanoseconds tell all samples apart, up to 768 kHz. */
    private static final int DIGITS = 9;

    private Times() {}

    /** Returns a time or duration in s, exact to the nanosecond, without superfluous zeros. */
    static String seconds(double seconds) {
        BigDecimal exact = BigDecimal.valueOf(seconds).setScale(DIGITS, RoundingMode.HALF_EVEN);
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }

    /** Returns the duration between two times, as the difference of their {@link #seconds}. */
    static String duration(double start, double end) {
        BigDecimal from = new BigDecimal(seconds(start));
        return new BigDecimal(seconds(end)).subtract(from).stripTrailingZeros().toPlainString();
    }

    /** Returns a confidence with two digits. */
    static String confidence(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
