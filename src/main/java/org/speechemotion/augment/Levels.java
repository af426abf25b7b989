package org.speechemotion.augment;

/** Measures and changes the level of samples. */
final class Levels {
    private Levels() {}

    /** Converts a gain in dB to a factor on amplitudes. */
    static double amplitude(double decibels) {
        return StrictMath.pow(10, decibels / 20);
    }

    /** Returns the mean square. */
    static double power(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum / samples.length;
    }

    /** Returns the largest magnitude. */
    static float peak(float[] samples) {
        float peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /** Multiplies samples in place. */
    static void scale(float[] samples, double factor) {
        float single = (float) factor;
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= single;
        }
    }

    /** Scales samples in place to a mean power; silence stays silence. */
    static void scaleToPower(float[] samples, double power) {
        double own = power(samples);
        if (own > 0) {
            scale(samples, Math.sqrt(power / own));
        }
    }
}
