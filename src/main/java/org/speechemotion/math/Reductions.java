package org.speechemotion.math;

/** Reductions over arrays with several independent accumulators, because one would wait for every addition. */
public final class Reductions {
    private Reductions() {}

    public static double sum(float[] x, int from, int to) {
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

    public static double squares(float[] x, int from, int to) {
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

    /** Returns the scalar product of {@code count} values of two arrays. */
    public static double dot(float[] x, int xFrom, float[] y, int yFrom, int count) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            a += x[xFrom + i] * y[yFrom + i];
            b += x[xFrom + i + 1] * y[yFrom + i + 1];
            c += x[xFrom + i + 2] * y[yFrom + i + 2];
            d += x[xFrom + i + 3] * y[yFrom + i + 3];
        }
        for (; i < count; i++) {
            a += x[xFrom + i] * y[yFrom + i];
        }
        return (double) (a + b) + (double) (c + d);
    }

    /** Uses well-predicted comparisons, which are faster than Math.max because that must handle NaN and -0. */
    public static float max(float[] x, int from, int to) {
        float max = x[from];
        for (int i = from + 1; i < to; i++) {
            if (x[i] > max) {
                max = x[i];
            }
        }
        return max;
    }
}
