package org.speechemotion.encoder.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.speechemotion.math.Exponential;
import org.speechemotion.math.Matrix;
import org.speechemotion.math.Memory;

/** The reusable memory and arrays of one worker. They never shrink, and the same key returns the same memory. */
final class Scratch implements AutoCloseable {
    private final Map<Integer, Memory> memories = new HashMap<>();
    private float[][] arrays = new float[4][0];
    private final Exponential exponential = new Exponential();

    /** Returns a matrix with undefined contents. */
    Matrix matrix(int key, int rows, int columns) {
        return Matrix.of(Workspace.grown(memories, key, (long) rows * columns), rows, columns);
    }

    /** Returns an array of at least this length with undefined contents. */
    float[] array(int key, int length) {
        if (key >= arrays.length) {
            arrays = Arrays.copyOf(arrays, key + 1);
        }
        if (arrays[key] == null || arrays[key].length < length) {
            arrays[key] = new float[length];
        }
        return arrays[key];
    }

    Exponential exponential() {
        return exponential;
    }

    @Override
    public void close() {
        memories.values().forEach(Memory::close);
    }
}
