package org.speechemotion.spark.training;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.speechemotion.common.ParallelMap;
import org.speechemotion.common.ParallelMap.IoFunction;
import org.speechemotion.train.BatchGroup;
import org.speechemotion.train.BatchKey;

/** Makes the next group of batches in a separate thread while the caller trains on the last one. */
final class BatchPrefetch implements AutoCloseable {
    private static final int CLOSE_SECONDS = 60;

    private final List<BatchGroup> groups;
    private final IoFunction<BatchGroup, List<MultiDataSet>> maker;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "batches");
        thread.setDaemon(true);
        return thread;
    });
    private int group = -1;
    private List<MultiDataSet> batches = List.of();
    private Future<List<MultiDataSet>> next;

    /**
     * @param groups the groups in the order in which their batches will be requested
     * @param maker makes the batches of a group
     */
    BatchPrefetch(List<BatchGroup> groups, IoFunction<BatchGroup, List<MultiDataSet>> maker) {
        this.groups = List.copyOf(groups);
        this.maker = maker;
        start(0);
    }

    /**
     * Returns a batch of the last group or of the next one.
     *
     * @throws IOException if the group cannot be made; runtime exceptions are thrown in the same way
     */
    MultiDataSet take(BatchKey key) throws IOException {
        if (group < 0 || !groups.get(group).keys().contains(key)) {
            batches = List.of();
            batches = ParallelMap.await(next);
            start(++group + 1);
        }
        return batches.get(groups.get(group).keys().indexOf(key));
    }

    private void start(int index) {
        if (index < groups.size()) {
            BatchGroup missing = groups.get(index);
            next = executor.submit(() -> maker.apply(missing));
        }
    }

    /** Discards the batches that were not requested, and waits for the end of the group in progress. */
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
