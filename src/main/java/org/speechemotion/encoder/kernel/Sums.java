package org.speechemotion.encoder.kernel;

/** Reductions over values of an array, in some lanes: one lane would wait for every addition. */
final class Sums {
    private Sums() {}

    static double sum(float[] x, int from, int to) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int i = from;
        for (; i + 7 < to; i += 8) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
            e += x[i + 4];
            f += x[i + 5];
            g += x[i + 6];
            h += x[i + 7];
        }
        for (; i < to; i++) {
            a += x[i];
        }
        return (double) ((a + b) + (c + d)) + (double) ((e + f) + (g + h));
    }

    static double squares(float[] x, int from, int to) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int i = from;
        for (; i + 7 < to; i += 8) {
            a += x[i] * x[i];
            b += x[i + 1] * x[i + 1];
            c += x[i + 2] * x[i + 2];
            d += x[i + 3] * x[i + 3];
            e += x[i + 4] * x[i + 4];
            f += x[i + 5] * x[i + 5];
            g += x[i + 6] * x[i + 6];
            h += x[i + 7] * x[i + 7];
        }
        for (; i < to; i++) {
            a += x[i] * x[i];
        }
        return (double) ((a + b) + (c + d)) + (double) ((e + f) + (g + h));
    }

    /** By comparisons that are nearly always foretold right: faster than Math.max, which must mind NaN and -0. */
    static float largest(float[] x, int from, int to) {
        float largest = x[from];
        for (int i = from + 1; i < to; i++) {
            if (x[i] > largest) {
                largest = x[i];
            }
        }
        return largest;
    }
}
