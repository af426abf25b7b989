package org.speechemotion.encoder.kernel;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Native memory for floats, aligned to cache lines, which BLAS can read and write. Values are copied in bulk from and to
 * heap arrays, because the JIT vectorises only loops over arrays.
 */
final class Memory implements AutoCloseable {
    private static final int LINE = 64 / Float.BYTES;
    /** The capacity of one direct buffer, 2 GB. */
    private static final long MAX_FLOATS = Integer.MAX_VALUE / Float.BYTES - LINE;

    private final FloatPointer allocated;
    private final FloatPointer start;
    private final FloatBuffer buffer;

    /** @throws IllegalArgumentException if the size exceeds the capacity of a direct buffer */
    Memory(long floats) {
        if (floats > MAX_FLOATS) {
            throw new IllegalArgumentException("a clip needs a matrix of " + floats + " values; allowed: at most "
                    + MAX_FLOATS + ", so divide it into shorter clips");
        }
        allocated = new FloatPointer(floats + LINE);
        long misalignment = allocated.address() / Float.BYTES % LINE;
        start = allocated.getPointer(misalignment == 0 ? 0 : LINE - misalignment);
        buffer = start.capacity(floats).asBuffer();
    }

    static Memory of(float[] values) {
        Memory memory = new Memory(values.length);
        memory.put(0, values, 0, values.length);
        return memory;
    }

    int size() {
        return buffer.capacity();
    }

    /** Returns a pointer for BLAS. */
    FloatPointer from(int index) {
        return start.getPointer(index);
    }

    void get(int index, float[] target, int offset, int length) {
        buffer.get(index, target, offset, length);
    }

    void put(int index, float[] source, int offset, int length) {
        buffer.put(index, source, offset, length);
    }

    @Override
    public void close() {
        allocated.deallocate();
    }
}
