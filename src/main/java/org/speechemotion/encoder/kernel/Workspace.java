package org.speechemotion.encoder.kernel;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.speechemotion.math.Matrix;
import org.speechemotion.math.Memory;

/**
 * The threads and the reusable memory of one call. The memory never shrinks, so calls of known sizes allocate only their
 * results.
 */
final class Workspace implements AutoCloseable {
    /** The matrices that all workers share. */
    enum Shared {
        FOLDED,
        FEATURES,
        STATES,
        NORMALIZED,
        PROJECTED,
        CONTEXT,
        INNER,
        GATES
    }

    private final WorkerPool workers;
    private final Map<Shared, Memory> shared = new EnumMap<>(Shared.class);
    private final Scratch[] scratch;

    Workspace(int threads) {
        workers = new WorkerPool(threads);
        scratch = IntStream.range(0, threads).mapToObj(i -> new Scratch()).toArray(Scratch[]::new);
    }

    WorkerPool workers() {
        return workers;
    }

    /** Returns a matrix with undefined contents. */
    Matrix matrix(Shared use, int rows, int columns) {
        return Matrix.of(grown(shared, use, (long) rows * columns), rows, columns);
    }

    Scratch scratch(int worker) {
        return scratch[worker];
    }

    @Override
    public void close() {
        workers.close();
        shared.values().forEach(Memory::close);
        for (Scratch of : scratch) {
            of.close();
        }
    }

    static <K> Memory grown(Map<K, Memory> memories, K key, long floats) {
        Memory memory = memories.get(key);
        if (memory == null || memory.size() < floats) {
            if (memory != null) {
                memories.remove(key).close();
            }
            memory = new Memory(floats);
            memories.put(key, memory);
        }
        return memory;
    }
}
