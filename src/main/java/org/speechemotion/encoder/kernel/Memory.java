package org.speechemotion.encoder.kernel;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Floats outside of the heap, where BLAS can read and write them, aligned to cache lines. Copies to and from arrays of
 * the heap are in bulk: loops run over those arrays, because the JIT vectorises no others.
 */
final class Memory implements AutoCloseable {
    private static final int LINE = 64 / Float.BYTES;
    /** What one direct buffer can view: 2 GB. */
    private static final long MOST = Integer.MAX_VALUE / Float.BYTES - LINE;

    private final FloatPointer allocated;
    private final FloatPointer start;
    private final FloatBuffer buffer;

    /** @throws IllegalArgumentException if it is more than a direct buffer can view */
    Memory(long floats) {
        if (floats > MOST) {
            throw new IllegalArgumentException("a clip needs a matrix of " + floats + " values; allowed are " + MOST
                    + ": cut it into shorter ones");
        }
        allocated = new FloatPointer(floats + LINE);
        long past = allocated.address() / Float.BYTES % LINE;
        start = allocated.getPointer(past == 0 ? 0 : LINE - past);
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

    /** For BLAS. */
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
