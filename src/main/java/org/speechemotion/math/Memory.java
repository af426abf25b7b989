package org.speechemotion.math;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Native memory for floats, aligned to cache lines, which BLAS can read and write. Values are copied in bulk from and to
 * heap arrays, because the JIT vectorises only loops over arrays.
 */
public final class Memory implements AutoCloseable {
    private static final int LINE = 64 / Float.BYTES;
    /** The capacity of one direct buffer, 2 GB. */
    private static final long MAX_FLOATS = Integer.MAX_VALUE / Float.BYTES - LINE;

    /** Null for a view. */
    private final FloatPointer allocated;

    private final FloatPointer start;
    private final FloatBuffer buffer;

    /** @throws IllegalArgumentException if the size exceeds the capacity of a direct buffer */
    public Memory(long floats) {
        if (floats > MAX_FLOATS) {
            throw new IllegalArgumentException("a clip needs a matrix of " + floats + " values; allowed: at most "
                    + MAX_FLOATS + ", so divide it into shorter clips");
        }
        allocated = new FloatPointer(floats + LINE);
        long misalignment = allocated.address() / Float.BYTES % LINE;
        start = allocated.getPointer(misalignment == 0 ? 0 : LINE - misalignment);
        buffer = start.capacity(floats).asBuffer();
    }

    private Memory(FloatPointer view) {
        allocated = null;
        start = view;
        buffer = view.asBuffer();
    }

    /**
     * Returns a view of memory whose owner keeps it while the view is used.
     *
     * @param floats the number of values, at most those of a direct buffer
     */
    public static Memory view(Pointer first, long floats) {
        return new Memory(new FloatPointer(first).capacity(floats));
    }

    /**
     * Returns a view of an array of 32-bit floats on the CPU whose values lie one after the other. The caller keeps the array while the view
     * is used.
     */
    public static Memory view(INDArray array) {
        return view(array.data().addressPointer(), array.length());
    }

    /**
     * Returns memory of at least a size: this one, or new memory, of undefined content, after which this one is closed.
     *
     * @param floats the number of values
     */
    public Memory grownTo(long floats) {
        if (size() >= floats) {
            return this;
        }
        close();
        return new Memory(floats);
    }

    public int size() {
        return buffer.capacity();
    }

    /** Returns a pointer for BLAS. */
    public FloatPointer from(int index) {
        return start.getPointer(index);
    }

    public void get(int index, float[] target, int offset, int length) {
        buffer.get(index, target, offset, length);
    }

    public void put(int index, float[] source, int offset, int length) {
        buffer.put(index, source, offset, length);
    }

    /** Sets the first values to 0. */
    public void clear(int length) {
        if (length > 0) {
            Pointer.memset(start, 0, (long) length * Float.BYTES);
        }
    }

    /** Frees the memory, unless it is a view. */
    @Override
    public void close() {
        if (allocated != null) {
            allocated.deallocate();
        }
    }
}
