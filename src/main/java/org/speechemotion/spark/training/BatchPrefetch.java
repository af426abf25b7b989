package org.speechemotion.spark.training;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.speechemotion.common.ParallelMap;
import org.speechemotion.common.ParallelMap.IoFunction;

/** Makes the next batches in a separate thread while the caller trains on the last one. Batches depend on keys alone. */
final class BatchPrefetch implements AutoCloseable {
    /** The number of batches that wait for the caller. */
    private static final int DEPTH = 3;

    private static final int CLOSE_SECONDS = 60;

    private final IoFunction<String, MultiDataSet> maker;
    private final Map<String, Future<MultiDataSet>> pending = new HashMap<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "batches");
        thread.setDaemon(true);
        return thread;
    });

    BatchPrefetch(IoFunction<String, MultiDataSet> maker) {
        this.maker = maker;
    }

    /**
     * Returns the batch of a key.
     *
     * @param next the keys that the caller will ask for next, in order
     * @throws IOException if the batch cannot be made; runtime exceptions are thrown in the same way
     */
    MultiDataSet take(String key, List<String> next) throws IOException {
        start(key);
        next.stream().limit(DEPTH).forEach(this::start);
        return ParallelMap.await(pending.remove(key));
    }

    private void start(String key) {
        pending.computeIfAbsent(key, missing -> executor.submit(() -> maker.apply(missing)));
    }

    /** Discards the batches that were not requested, and waits for the end of the one in progress. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a batch was still being made after " + CLOSE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
