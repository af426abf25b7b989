package org.speechemotion.weights;

import java.util.List;

/**
 * A tensor as PyTorch stores it: a view of a storage that several tensors may share.
 *
 * @param offset the offset of its first value in the storage, in values
 * @param strides the stride of each axis, in values
 */
record StoredTensor(Storage storage, long offset, Shape shape, List<Long> strides) {

    /** Values that are an entry of the archive with this key. */
    record Storage(ElementType type, String key, long count) {}

    /**
     * Checks that every value is inside the storage.
     *
     * @throws IllegalArgumentException if a value is outside, or the tensor repeats values
     */
    StoredTensor {
        strides = List.copyOf(strides);
        if (strides.size() != shape.sizes().size()
                || offset < 0
                || strides.stream().anyMatch(stride -> stride < 0)) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + shape + ", strides " + strides + " and offset " + offset);
        }
        // A stride of 0 would turn a few bytes into a tensor of any size.
        if (shape.count() > storage.count() || (shape.count() > 0 && last(offset, shape, strides) >= storage.count())) {
            throw new IllegalArgumentException("a tensor of shape " + shape + ", strides " + strides + " and offset "
                    + offset + " in a storage of " + storage.count() + " values");
        }
    }

    /** Returns the number of values of the storage from the first to the last of the tensor. */
    long span() {
        return shape.count() == 0 ? 0 : last(offset, shape, strides) - offset + 1;
    }

    /** Returns whether the storage has the values in row-major order. */
    boolean isRowMajor() {
        long expected = 1;
        for (int axis = strides.size() - 1; axis >= 0; axis--) {
            long size = shape.sizes().get(axis);
            if (size != 1 && strides.get(axis) != expected) {
                return false;
            }
            expected *= size;
        }
        return true;
    }

    /** Returns the values of {@link #span()} in row-major order. */
    float[] gather(float[] span) {
        int axes = strides.size();
        float[] values = new float[(int) shape.count()];
        long[] index = new long[axes];
        long at = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = span[(int) at];
            for (int axis = axes - 1; axis >= 0; axis--) {
                at += strides.get(axis);
                if (++index[axis] < shape.sizes().get(axis)) {
                    break;
                }
                at -= index[axis] * strides.get(axis);
                index[axis] = 0;
            }
        }
        return values;
    }

    private static long last(long offset, Shape shape, List<Long> strides) {
        try {
            long last = offset;
            for (int axis = 0; axis < strides.size(); axis++) {
                last = Math.addExact(last, Math.multiplyExact(shape.sizes().get(axis) - 1, strides.get(axis)));
            }
            return last;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a tensor of shape " + shape + " and strides " + strides, e);
        }
    }
}
