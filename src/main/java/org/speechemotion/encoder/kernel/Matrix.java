package org.speechemotion.encoder.kernel;

/**
 * A row-major view of memory, {@code [rows, columns]}.
 *
 * @param start index of its first value
 * @param stride values from one row to the next, at least {@code columns}: BLAS allows no rows that overlap
 */
record Matrix(Memory memory, int start, int rows, int columns, int stride) {

    /** @throws IllegalArgumentException if it reaches outside the memory or its rows overlap: BLAS would not notice */
    Matrix {
        long end = rows == 0 ? start : start + (long) (rows - 1) * stride + columns;
        if (start < 0 || rows < 0 || columns < 1 || stride < columns || end > memory.size()) {
            throw new IllegalArgumentException("a matrix [" + rows + ", " + columns + "] at " + start + " by " + stride
                    + " in memory of " + memory.size() + " values");
        }
    }

    /** Fills memory from its start on, without gaps. */
    static Matrix of(Memory memory, int rows, int columns) {
        return new Matrix(memory, 0, rows, columns, columns);
    }

    Matrix rows(int from, int count) {
        return new Matrix(memory, start + from * stride, count, columns, stride);
    }

    Matrix columns(int from, int count) {
        return new Matrix(memory, start + from, rows, count, stride);
    }

    /** Copies a row to the start of an array. */
    void get(int row, float[] target) {
        memory.get(start + row * stride, target, 0, columns);
    }

    /** Copies the start of an array to a row. */
    void put(int row, float[] source) {
        memory.put(start + row * stride, source, 0, columns);
    }
}
