package org.speechemotion.encoder.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** One worker's memory and arrays; they only ever grow. Whatever is asked for under the same key is the same. */
final class Scratch implements AutoCloseable {
    private final Map<Integer, Memory> memories = new HashMap<>();
    private float[][] arrays = new float[4][0];
    private final Exponential exponential = new Exponential();

    /** Of unknown contents. */
    Matrix matrix(int key, int rows, int columns) {
        return Matrix.of(Workspace.grown(memories, key, (long) rows * columns), rows, columns);
    }

    /** Of unknown contents, and at least that long. */
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
