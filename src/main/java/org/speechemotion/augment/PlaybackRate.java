package org.speechemotion.augment;

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
        int taps = ((int) Math.ceil(CROSSINGS / scale) * 2 + UNROLLED - 1) / UNROLLED * UNROLLED;
        float[] rows = rows(scale, taps);
        float[] padded = mirrored(samples, taps);
        float[] played = new float[length];
        for (int i = 0; i < length; i++) {
            long place = (long) i * speed;
            int from = (int) (place / STEPS) + taps / 2 + 1;
            int row = (int) (place % STEPS) * taps;
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            float sum3 = 0;
            for (int tap = 0; tap < taps; tap += UNROLLED) {
                sum0 = Math.fma(rows[row + tap], padded[from + tap], sum0);
                sum1 = Math.fma(rows[row + tap + 1], padded[from + tap + 1], sum1);
                sum2 = Math.fma(rows[row + tap + 2], padded[from + tap + 2], sum2);
                sum3 = Math.fma(rows[row + tap + 3], padded[from + tap + 3], sum3);
            }
            played[i] = (sum0 + sum1) + (sum2 + sum3);
        }
        return played;
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
