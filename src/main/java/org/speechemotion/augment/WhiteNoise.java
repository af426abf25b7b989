package org.speechemotion.augment;

import org.speechemotion.random.KeyedRandom;

/** Generates white Gaussian noise. */
final class WhiteNoise {
    private WhiteNoise() {}

    /**
     * Returns normal samples with mean 0, by the polar method (Marsaglia and Bray, "A convenient method for generating
     * normal variables", SIAM Review 6, 1964), which needs one logarithm for two samples.
     *
     * @return {@code [length]}
     */
    static float[] gaussian(int length, double sigma, KeyedRandom random) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i += 2) {
            double first;
            double second;
            double square;
            do {
                first = 2 * random.nextDouble() - 1;
                second = 2 * random.nextDouble() - 1;
                square = first * first + second * second;
            } while (square >= 1 || square == 0);
            double factor = sigma * Math.sqrt(-2 * StrictMath.log(square) / square);
            samples[i] = (float) (first * factor);
            if (i + 1 < length) {
                samples[i + 1] = (float) (second * factor);
            }
        }
        return samples;
    }
}
