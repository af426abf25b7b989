package org.speechemotion.weights;

import java.util.Arrays;
import java.util.List;

/**
 * Sizes of a tensor, the slowest-moving axis first.
 *
 * @param sizes each at least 0; none for a scalar
 */
public record Shape(List<Long> sizes) {

    /** @throws IllegalArgumentException if a size is negative or the number of values is beyond a long */
    public Shape {
        sizes = List.copyOf(sizes);
        long count = 1;
        for (long size : sizes) {
            if (size < 0 || (size > 0 && count > Long.MAX_VALUE / size)) {
                throw new IllegalArgumentException("a tensor of shape " + sizes);
            }
            count *= size;
        }
    }

    public static Shape of(long... sizes) {
        return new Shape(Arrays.stream(sizes).boxed().toList());
    }

    /** Number of values. */
    public long count() {
        return sizes.stream().reduce(1L, (a, b) -> a * b);
    }

    @Override
    public String toString() {
        return sizes.toString();
    }
}
