package org.speechemotion.augment;

/** Powers, amplitudes and decibels. */
final class Levels {
    private Levels() {}

    /** The factor on amplitudes that so many dB are. */
    static double amplitude(double decibels) {
        return StrictMath.pow(10, decibels / 20);
    }

    /** The mean square. */
    static double power(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum / samples.length;
    }

    /** The largest magnitude. */
    static float peak(float[] samples) {
        float peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /** Multiplies in place. */
    static void scale(float[] samples, double factor) {
        float single = (float) factor;
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= single;
        }
    }

    /** Brings samples to a power, in place; silence stays silence. */
    static void scaleToPower(float[] samples, double power) {
        double own = power(samples);
        if (own > 0) {
            scale(samples, Math.sqrt(power / own));
        }
    }
}
