package org.speechemotion.audio;

/**
 * A sine fitted to samples by least squares, as IEEE Std 1057 analyses converters.
 *
 * @param amplitude of the sine
 * @param phase of the sine at time 0, in radians
 * @param signalToNoise its power over that of all else, in dB
 */
record Tone(double amplitude, double phase, double signalToNoise) {

    /** {@code amplitude * sin(2 pi frequency t)}, for the given number of samples. */
    static float[] generate(double frequency, int sampleRate, int length, double amplitude) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * frequency * i / sampleRate));
        }
        return samples;
    }

    /** Fits a sine of a known frequency to {@code samples[from]} to {@code samples[to - 1]}. */
    static Tone fit(float[] samples, int from, int to, double frequency, int sampleRate) {
        double ss = 0;
        double sc = 0;
        double cc = 0;
        double ys = 0;
        double yc = 0;
        for (int i = from; i < to; i++) {
            double angle = 2 * Math.PI * frequency * i / sampleRate;
            double sine = Math.sin(angle);
            double cosine = Math.cos(angle);
            ss += sine * sine;
            sc += sine * cosine;
            cc += cosine * cosine;
            ys += samples[i] * sine;
            yc += samples[i] * cosine;
        }
        double determinant = ss * cc - sc * sc;
        double a = (ys * cc - yc * sc) / determinant;
        double b = (yc * ss - ys * sc) / determinant;
        double signal = 0;
        double noise = 0;
        for (int i = from; i < to; i++) {
            double angle = 2 * Math.PI * frequency * i / sampleRate;
            double fitted = a * Math.sin(angle) + b * Math.cos(angle);
            signal += fitted * fitted;
            noise += (samples[i] - fitted) * (samples[i] - fitted);
        }
        return new Tone(Math.hypot(a, b), Math.atan2(b, a), 10 * Math.log10(signal / noise));
    }

    static double decibels(double ratio) {
        return 20 * Math.log10(ratio);
    }
}
