package org.speechemotion.augment;

import java.util.List;

/**
 * A second-order filter. Its coefficients follow Bristow-Johnson's "Cookbook formulae for audio equalizer biquad filter
 * coefficients" (W3C Audio EQ Cookbook) and are normalised by a0.
 */
record Biquad(double b0, double b1, double b2, double a1, double a2) {
    /** The quality factors of the two sections of a fourth-order Butterworth filter. */
    static final double[] BUTTERWORTH_4 = {0.54119610, 1.30656296};

    /** Returns a low-pass filter with this cutoff frequency in Hz. */
    static Biquad lowPass(double hertz, double quality, int sampleRate) {
        Angle angle = Angle.of(hertz, quality, sampleRate);
        double half = (1 - angle.cosine) / 2;
        return normalised(half, 2 * half, half, 1 + angle.alpha, -2 * angle.cosine, 1 - angle.alpha);
    }

    /** Returns a high-pass filter with this cutoff frequency in Hz. */
    static Biquad highPass(double hertz, double quality, int sampleRate) {
        Angle angle = Angle.of(hertz, quality, sampleRate);
        double half = (1 + angle.cosine) / 2;
        return normalised(half, -2 * half, half, 1 + angle.alpha, -2 * angle.cosine, 1 - angle.alpha);
    }

    /** Returns a peaking filter with a gain in dB around a centre frequency in Hz. */
    static Biquad peak(double hertz, double quality, double decibels, int sampleRate) {
        Angle angle = Angle.of(hertz, quality, sampleRate);
        double gain = StrictMath.pow(10, decibels / 40);
        return normalised(
                1 + angle.alpha * gain,
                -2 * angle.cosine,
                1 - angle.alpha * gain,
                1 + angle.alpha / gain,
                -2 * angle.cosine,
                1 - angle.alpha / gain);
    }

    /** Returns a shelving filter with a gain in dB below a frequency in Hz. */
    static Biquad lowShelf(double hertz, double quality, double decibels, int sampleRate) {
        return shelf(Angle.of(hertz, quality, sampleRate), decibels, 1);
    }

    /** Returns a shelving filter with a gain in dB above a frequency in Hz. */
    static Biquad highShelf(double hertz, double quality, double decibels, int sampleRate) {
        return shelf(Angle.of(hertz, quality, sampleRate), decibels, -1);
    }

    /** Filters in place, in transposed direct form II, assuming silence before the first sample. */
    void filter(float[] samples) {
        double state1 = 0;
        double state2 = 0;
        for (int i = 0; i < samples.length; i++) {
            double in = samples[i];
            double out = b0 * in + state1;
            state1 = b1 * in - a1 * out + state2;
            state2 = b2 * in - a2 * out;
            samples[i] = (float) out;
        }
    }

    /**
     * Filters in place by one filter after the other, with the results of {@link #filter(float[])}. Two filters share a loop, because
     * each waits for its own last output in every step, and the processor computes the other one meanwhile.
     */
    static void filter(float[] samples, List<Biquad> filters) {
        for (int i = 0; i + 1 < filters.size(); i += 2) {
            filters.get(i).filterWith(filters.get(i + 1), samples);
        }
        if (filters.size() % 2 == 1) {
            filters.get(filters.size() - 1).filter(samples);
        }
    }

    private void filterWith(Biquad next, float[] samples) {
        double state1 = 0;
        double state2 = 0;
        double next1 = 0;
        double next2 = 0;
        for (int i = 0; i < samples.length; i++) {
            double in = samples[i];
            double between = b0 * in + state1;
            state1 = b1 * in - a1 * between + state2;
            state2 = b2 * in - a2 * between;
            // As between two calls, so that the results are the same.
            double rounded = (float) between;
            double out = next.b0 * rounded + next1;
            next1 = next.b1 * rounded - next.a1 * out + next2;
            next2 = next.b2 * rounded - next.a2 * out;
            samples[i] = (float) out;
        }
    }

    /** The two shelves mirror each other: {@code side} is 1 for the low shelf and −1 for the high shelf. */
    private static Biquad shelf(Angle angle, double decibels, int side) {
        double gain = StrictMath.pow(10, decibels / 40);
        double cosine = side * angle.cosine;
        double root = 2 * Math.sqrt(gain) * angle.alpha;
        return normalised(
                gain * (gain + 1 - (gain - 1) * cosine + root),
                side * 2 * gain * (gain - 1 - (gain + 1) * cosine),
                gain * (gain + 1 - (gain - 1) * cosine - root),
                gain + 1 + (gain - 1) * cosine + root,
                side * -2 * (gain - 1 + (gain + 1) * cosine),
                gain + 1 + (gain - 1) * cosine - root);
    }

    private static Biquad normalised(double b0, double b1, double b2, double a0, double a1, double a2) {
        return new Biquad(b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);
    }

    private record Angle(double cosine, double alpha) {
        static Angle of(double hertz, double quality, int sampleRate) {
            double angle = 2 * StrictMath.PI * hertz / sampleRate;
            return new Angle(StrictMath.cos(angle), StrictMath.sin(angle) / (2 * quality));
        }
    }
}
