package org.speechemotion.common;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Applies a function to every element of a list on several threads. */
public final class ParallelMap {
    private ParallelMap() {}

    /** A function that may fail to read or write. */
    @FunctionalInterface
    public interface IoFunction<T, R> {
        R apply(T item) throws IOException;
    }

    /**
     * Returns the results in the order of the items.
     *
     * @param threads the number of threads; with 1, everything runs in the caller's thread
     * @throws IOException the first failure in the order of the items; runtime exceptions are thrown in the same way.
     *     Items that have not been started by then are skipped.
     */
    public static <T, R> List<R> map(List<T> items, int threads, IoFunction<T, R> function) throws IOException {
        List<R> results = new ArrayList<>(items.size());
        if (threads == 1 || items.size() < 2) {
            for (T item : items) {
                results.add(function.apply(item));
            }
            return results;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, items.size()));
        try {
            List<Future<R>> running = items.stream()
                    .map(item -> pool.submit((Callable<R>) () -> function.apply(item)))
                    .toList();
            for (Future<R> result : running) {
                results.add(await(result));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /**
     * Waits for a result.
     *
     * @throws IOException the failure of the computation, or an {@link InterruptedIOException}; runtime exceptions are thrown in
     *     the same way
     */
    public static <R> R await(Future<R> result) throws IOException {
        try {
            return result.get();
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
        }
    }
}
