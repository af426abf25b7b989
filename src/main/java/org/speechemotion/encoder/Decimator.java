package org.speechemotion.encoder;

import java.util.Arrays;

/** Reduces the sample rate by a whole factor, with a filter that ends at nine tenths of the reduced band. It is thread-safe. */
final class Decimator {
    /** The number of outputs that are computed together. */
    private static final int BLOCK = 256;

    private final int factor;
    /** A Hann-windowed sinc. */
    private final float[] filter;

    /** @param factor the factor; 1 changes nothing */
    Decimator(int factor) {
        this.factor = factor;
        filter = factor == 1 ? new float[] {1} : lowPass(factor);
    }

    private static float[] lowPass(int factor) {
        int side = 8 * factor;
        float[] taps = new float[2 * side + 1];
        double cutoff = 0.9 / factor;
        for (int i = -side; i <= side; i++) {
            double x = Math.PI * cutoff * i;
            double sinc = i == 0 ? 1 : Math.sin(x) / x;
            taps[i + side] = (float) (cutoff * sinc * (0.5 + 0.5 * Math.cos(Math.PI * i / (side + 1))));
        }
        return taps;
    }

    /**
     * Returns every {@code factor}-th sample of the filtered signal.
     *
     * @param silence the number of zeros before and after them
     */
    float[] apply(float[] signal, int silence) {
        int size = (signal.length + factor - 1) / factor;
        float[] reduced = new float[size + 2 * silence];
        float[][] phases = phases(signal, size + BLOCK + filter.length / factor);
        float[] inputs = new float[BLOCK];
        float[] sums = new float[BLOCK];
        for (int from = 0; from < size; from += BLOCK) {
            Arrays.fill(sums, 0);
            for (int tap = 0; tap < filter.length; tap++) {
                // The JIT vectorises a loop over arrays only if they have the same index.
                System.arraycopy(phases[tap % factor], from + tap / factor, inputs, 0, BLOCK);
                addTo(sums, filter[tap], inputs);
            }
            System.arraycopy(sums, 0, reduced, silence + from, Math.min(BLOCK, size - from));
        }
        return reduced;
    }

    /** Returns every {@code factor}-th sample from each of the first ones on, of the signal after half a filter of zeros. */
    private float[][] phases(float[] signal, int size) {
        float[] padded = new float[Math.multiplyExact(size, factor)];
        System.arraycopy(signal, 0, padded, filter.length / 2, signal.length);
        float[][] phases = new float[factor][size];
        for (int phase = 0; phase < factor; phase++) {
            for (int i = 0; i < size; i++) {
                phases[phase][i] = padded[i * factor + phase];
            }
        }
        return phases;
    }

    private static void addTo(float[] sums, float weight, float[] values) {
        for (int i = 0; i < BLOCK; i++) {
            sums[i] += weight * values[i];
        }
    }
}
