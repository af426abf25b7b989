package org.speechemotion.train;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work on each of a list, by a few threads. */
public final class SideBySide {
    private SideBySide() {}

    /** What is done to each. */
    @FunctionalInterface
    public interface Work<T, R> {
        R apply(T item) throws IOException;
    }

    /**
     * Does it.
     *
     * @param threads with one, it is the caller's
     * @return the results, in order
     * @throws IOException the first in order that the work throws; as with its runtime exceptions, what is not begun by
     *     then is not done
     */
    public static <T, R> List<R> map(List<T> items, int threads, Work<T, R> work) throws IOException {
        List<R> results = new ArrayList<>(items.size());
        if (threads == 1 || items.size() < 2) {
            for (T item : items) {
                results.add(work.apply(item));
            }
            return results;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, items.size()));
        try {
            List<Future<R>> running = items.stream()
                    .map(item -> pool.submit((Callable<R>) () -> work.apply(item)))
                    .toList();
            for (Future<R> result : running) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } finally {
            pool.shutdownNow();
        }
    }
}
