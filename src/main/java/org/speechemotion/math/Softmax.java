package org.speechemotion.math;

/** Computes the softmax over the rows of a matrix. */
public final class Softmax {
    private Softmax() {}

    /** Replaces {@code [rows, columns]} at the start of an array by the softmax of each row. */
    public static void apply(float[] values, int rows, int columns, Exponential exponential) {
        for (int start = 0; start < rows * columns; start += columns) {
            float max = Reductions.max(values, start, start + columns);
            for (int i = start; i < start + columns; i++) {
                values[i] -= max;
            }
        }
        exponential.apply(values, rows * columns);
        for (int start = 0; start < rows * columns; start += columns) {
            float scale = (float) (1 / Reductions.sum(values, start, start + columns));
            for (int i = start; i < start + columns; i++) {
                values[i] *= scale;
            }
        }
    }
}
