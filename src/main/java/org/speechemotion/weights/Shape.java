package org.speechemotion.weights;

import java.util.Arrays;
import java.util.List;

/**
 * The shape of a tensor.
 *
 * @param sizes the size of each axis, at least 0, starting with the slowest-varying axis; empty for a scalar
 */
public record Shape(List<Long> sizes) {

    /** @throws IllegalArgumentException if a size is negative or the number of values overflows */
    public Shape {
        sizes = List.copyOf(sizes);
        long count = 1;
        for (long size : sizes) {
            if (size < 0 || (size > 0 && count > Long.MAX_VALUE / size)) {
                throw new IllegalArgumentException(
                        "the shape of a tensor is " + sizes + "; allowed: sizes from 0 with fewer than 2^63 values");
            }
            count *= size;
        }
    }

    public static Shape of(long... sizes) {
        return new Shape(Arrays.stream(sizes).boxed().toList());
    }

    /** Returns the number of values. */
    public long count() {
        return sizes.stream().reduce(1L, (a, b) -> a * b);
    }

    @Override
    public String toString() {
        return sizes.toString();
    }
}
