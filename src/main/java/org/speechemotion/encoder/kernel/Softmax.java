package org.speechemotion.encoder.kernel;

/** Softmax over the rows of a matrix. */
final class Softmax {
    private Softmax() {}

    /** Replaces the start of an array, {@code [rows, columns]}, by the softmax of each row. */
    static void apply(float[] values, int rows, int columns, Exponential exponential) {
        for (int start = 0; start < rows * columns; start += columns) {
            float largest = Sums.largest(values, start, start + columns);
            for (int i = start; i < start + columns; i++) {
                values[i] -= largest;
            }
        }
        exponential.apply(values, rows * columns);
        for (int start = 0; start < rows * columns; start += columns) {
            float scale = (float) (1 / Sums.sum(values, start, start + columns));
            for (int i = start; i < start + columns; i++) {
                values[i] *= scale;
            }
        }
    }
}
