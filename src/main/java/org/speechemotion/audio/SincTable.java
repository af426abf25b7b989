package org.speechemotion.audio;

/**
 * The low-pass filter of a {@link Resampler}, sampled at every possible offset of an output between two input samples.
 *
 * <p>Row {@code p} holds the filter's weights for an output {@code p / phases} of an input sample after the input at the
 * middle of the row. If the ratio of the rates needs more than {@value #MAX_WEIGHTS} weights, a coarser grid is
 * interpolated linearly, with an error below the filter's own.
 */
final class SincTable {

    private static final double PASS_BAND = 0.9;
    private static final double ATTENUATION_DB = 100;
    private static final double KAISER_BETA = 0.1102 * (ATTENUATION_DB - 8.7);

    /** The error of linear interpolation over a 512th of a sample is -108 dB at 0.9 of the Nyquist frequency. */
    private static final double INTERPOLATED_PHASES = 512;

    private static final int MAX_WEIGHTS = 1 << 18;
    private static final int UNROLLED = 8;

    private final int taps;
    private final int denominator;
    private final int phases;
    private final float[] rows;

    private SincTable(int taps, int denominator, int phases, double cutoff) {
        this.taps = taps;
        this.denominator = denominator;
        this.phases = phases;
        this.rows = new float[(phases + 1) * taps];
        for (int phase = 0; phase <= phases; phase++) {
            fill(phase, cutoff);
        }
    }

    /** Designs the filter for outputs at multiples of {@code 1 / denominator} of an input sample. */
    static SincTable design(int fromHz, int toHz, int denominator) {
        if (fromHz == toHz) {
            return new SincTable(UNROLLED, 1, 1, 1);
        }
        double lowerRate = Math.min(1.0, (double) toHz / fromHz);
        double transition = Math.PI * (1 - PASS_BAND) * lowerRate;
        int shortest = (int) Math.ceil((ATTENUATION_DB - 8) / (2.285 * transition));
        int taps = (shortest + UNROLLED - 1) / UNROLLED * UNROLLED;
        boolean exact = (denominator + 1L) * taps <= MAX_WEIGHTS;
        int phases = exact ? denominator : (int) Math.ceil(INTERPOLATED_PHASES * lowerRate);
        return new SincTable(taps, denominator, phases, (1 + PASS_BAND) / 2 * lowerRate);
    }

    /** Returns the number of input samples per output, half of them at or before it and half after it. */
    int taps() {
        return taps;
    }

    /** Returns a weight of an output {@code phase / denominator} of a sample after an input, where each has a row. */
    float weight(int phase, int tap) {
        return rows[phase * taps + tap];
    }

    /** Returns whether every output has a row of its own. */
    boolean isExact() {
        return phases == denominator;
    }

    /** Computes the output {@code numerator / denominator} of a sample after {@code window[start + taps / 2 - 1]}. */
    float apply(int numerator, float[] window, int start) {
        long scaled = (long) numerator * phases;
        int phase = (int) (scaled / denominator);
        float between = (float) (scaled % denominator) / denominator;
        float value = dot(phase * taps, window, start);
        return between == 0 ? value : value + between * (dot((phase + 1) * taps, window, start) - value);
    }

    /**
     * Computes a dot product with eight independent sums, because the additions to a single one would wait for each
     * other.
     */
    private float dot(int row, float[] window, int start) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        float sum4 = 0;
        float sum5 = 0;
        float sum6 = 0;
        float sum7 = 0;
        for (int tap = 0; tap < taps; tap += UNROLLED) {
            int weight = row + tap;
            int sample = start + tap;
            sum0 = Math.fma(rows[weight], window[sample], sum0);
            sum1 = Math.fma(rows[weight + 1], window[sample + 1], sum1);
            sum2 = Math.fma(rows[weight + 2], window[sample + 2], sum2);
            sum3 = Math.fma(rows[weight + 3], window[sample + 3], sum3);
            sum4 = Math.fma(rows[weight + 4], window[sample + 4], sum4);
            sum5 = Math.fma(rows[weight + 5], window[sample + 5], sum5);
            sum6 = Math.fma(rows[weight + 6], window[sample + 6], sum6);
            sum7 = Math.fma(rows[weight + 7], window[sample + 7], sum7);
        }
        return ((sum0 + sum1) + (sum2 + sum3)) + ((sum4 + sum5) + (sum6 + sum7));
    }

    /** Fills a row, normalised to a sum of 1, so that a constant signal stays constant at every phase. */
    private void fill(int phase, double cutoff) {
        double[] row = new double[taps];
        double sum = 0;
        for (int tap = 0; tap < taps; tap++) {
            double time = tap - (taps / 2 - 1) - (double) phase / phases;
            row[tap] = sinc(cutoff * time) * kaiser(time / (taps / 2.0));
            sum += row[tap];
        }
        for (int tap = 0; tap < taps; tap++) {
            rows[phase * taps + tap] = (float) (row[tap] / sum);
        }
    }

    private static double sinc(double x) {
        if (x == 0) {
            return 1;
        }
        // sin(pi x) is not exactly 0 at integers.
        return x == Math.rint(x) ? 0 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return x * x < 1 ? besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / besselI0(KAISER_BETA) : 0;
    }

    /** Computes the modified Bessel function of the first kind and order 0 by its power series. */
    private static double besselI0(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
