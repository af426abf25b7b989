package org.speechemotion.math;

/**
 * A row-major view of memory, {@code [rows, columns]}.
 *
 * @param start the index of its first value
 * @param stride the distance between rows, at least {@code columns} because BLAS does not allow overlapping rows
 */
public record Matrix(Memory memory, int start, int rows, int columns, int stride) {

    /** @throws IllegalArgumentException if the view exceeds the memory or its rows overlap, which BLAS would not detect */
    public Matrix {
        long end = rows == 0 ? start : start + (long) (rows - 1) * stride + columns;
        if (start < 0 || rows < 0 || columns < 1 || stride < columns || end > memory.size()) {
            throw new IllegalArgumentException("a matrix [" + rows + ", " + columns + "] at " + start + " with stride "
                    + stride + " in memory of " + memory.size() + " values");
        }
    }

    /** Returns a view of the start of the memory without gaps. */
    public static Matrix of(Memory memory, int rows, int columns) {
        return new Matrix(memory, 0, rows, columns, columns);
    }
}
