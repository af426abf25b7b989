package org.speechemotion.augment;

import java.util.Arrays;

/**
 * Plays a signal faster or slower, which also changes its pitch, by band-limited interpolation at any ratio (Smith and
 * Gossett, "A flexible sampling-rate conversion method", ICASSP 1984). {@link org.speechemotion.audio.Resampler} serves
 * the few ratios of real sample rates, and its tables would cost more than a clip of a few seconds. Here one table of the
 * windowed sinc serves every ratio.
 *
 * <p>The response is flat up to 0.75 of the lower Nyquist frequency and 80 dB down from 1.05 of it. The signal is mirrored
 * beyond its ends to preserve its level there.
 */
final class PlaybackRate {
    /** Speeds are multiples of 1 / {@value}, which is at most 2 cents from any pitch. */
    static final int STEPS = 512;

    private static final int CROSSINGS = 16;
    private static final double CUTOFF = 0.9;
    private static final double KAISER_BETA = 7.857; // 80 dB
    private static final int UNROLLED = 4;
    private static final float[] KERNEL = kernel();
    /** The weights of all speeds up to the original one. */
    private static final float[] SLOWER = rows(CUTOFF, taps(CUTOFF));

    private PlaybackRate() {}

    /**
     * Returns the signal at times 0, speed, 2 speed, …
     *
     * @param samples {@code [time]}, at least one
     * @param speed the speed in steps of 1 / {@value #STEPS}, from half to twice the original
     * @param length the length of the result, which must end within the signal
     * @return a new array {@code [length]}
     */
    static float[] play(float[] samples, int speed, int length) {
        double scale = CUTOFF * Math.min(1, (double) STEPS / speed);
        int taps = taps(scale);
        float[] rows = scale == CUTOFF ? SLOWER : rows(scale, taps);
        // Outputs STEPS apart have the same weights, and their inputs are speed apart.
        int periods = (length + STEPS - 1) / STEPS;
        float[][] columns = columns(mirrored(samples, taps), speed, periods, taps);
        float[][] sums = new float[UNROLLED][periods];
        float[] played = new float[length];
        for (int first = 0; first < Math.min(STEPS, length); first++) {
            int from = first * speed / STEPS + taps / 2 + 1;
            int row = first * speed % STEPS * taps;
            for (float[] sum : sums) {
                Arrays.fill(sum, 0);
            }
            for (int tap = 0; tap < taps; tap += 2) {
                addProducts(
                        rows[row + tap],
                        columns[from + tap],
                        sums[tap % UNROLLED],
                        rows[row + tap + 1],
                        columns[from + tap + 1],
                        sums[tap % UNROLLED + 1]);
            }
            for (int i = first, period = 0; i < length; i += STEPS, period++) {
                played[i] = (sums[0][period] + sums[1][period]) + (sums[2][period] + sums[3][period]);
            }
        }
        return played;
    }

    private static int taps(double scale) {
        return ((int) Math.ceil(CROSSINGS / scale) * 2 + UNROLLED - 1) / UNROLLED * UNROLLED;
    }

    /** Returns the samples of each period of inputs that an output sees, {@code [speed + 2 taps][periods]}. */
    private static float[][] columns(float[] padded, int speed, int periods, int taps) {
        float[][] columns = new float[speed + 2 * taps][periods];
        for (int period = 0; period < periods; period++) {
            int count = Math.min(columns.length, padded.length - period * speed);
            for (int i = 0; i < count; i++) {
                columns[i][period] = padded[period * speed + i];
            }
        }
        return columns;
    }

    /** Adds two weighted columns to a sum each, in a loop that is short enough for the JIT to vectorise it. */
    private static void addProducts(
            float weight0, float[] column0, float[] sum0, float weight1, float[] column1, float[] sum1) {
        for (int i = 0; i < sum0.length; i++) {
            float added0 = Math.fma(weight0, column0[i], sum0[i]);
            float added1 = Math.fma(weight1, column1[i], sum1[i]);
            sum0[i] = added0;
            sum1[i] = added1;
        }
    }

    /** Returns weights {@code [STEPS, taps]} for each position between two samples; each row sums to 1. */
    private static float[] rows(double scale, int taps) {
        float[] rows = new float[STEPS * taps];
        for (int step = 0; step < STEPS; step++) {
            float sum = 0;
            for (int tap = 0; tap < taps; tap++) {
                double place = Math.abs(tap - (taps / 2 - 1) - (double) step / STEPS) * scale * STEPS;
                int before = (int) place;
                float weight = 0;
                if (before + 1 < KERNEL.length) {
                    weight = KERNEL[before] + (float) (place - before) * (KERNEL[before + 1] - KERNEL[before]);
                }
                rows[step * taps + tap] = weight;
                sum += weight;
            }
            for (int tap = 0; tap < taps; tap++) {
                rows[step * taps + tap] /= sum;
            }
        }
        return rows;
    }

    /** Extends both ends by {@code taps} mirrored samples; shorter signals repeat their outermost sample. */
    private static float[] mirrored(float[] samples, int taps) {
        float[] padded = new float[samples.length + 2 * taps];
        System.arraycopy(samples, 0, padded, taps, samples.length);
        for (int i = 0; i < taps; i++) {
            padded[taps - 1 - i] = samples[Math.min(i, samples.length - 1)];
            padded[taps + samples.length + i] = samples[Math.max(samples.length - 1 - i, 0)];
        }
        return padded;
    }

    /** Returns the right half of a sinc under a Kaiser window with {@value #STEPS} values per zero crossing. */
    private static float[] kernel() {
        float[] kernel = new float[CROSSINGS * STEPS + 1];
        double whole = besselI0(KAISER_BETA);
        for (int i = 0; i < kernel.length; i++) {
            double x = (double) i / STEPS;
            double sinc = i == 0 ? 1 : StrictMath.sin(StrictMath.PI * x) / (StrictMath.PI * x);
            double inside = Math.max(0, 1 - (x / CROSSINGS) * (x / CROSSINGS));
            kernel[i] = (float) (sinc * besselI0(KAISER_BETA * Math.sqrt(inside)) / whole);
        }
        return kernel;
    }

    /** Returns the modified Bessel function of the first kind and order zero by its power series. */
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
