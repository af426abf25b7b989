package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.RejectionGuard;
import org.speechemotion.scoring.ScoringInput;

/** Runs batches in their order, a few at once. */
public final class BatchQueue {
    private static final Logger LOG = LoggerFactory.getLogger(BatchQueue.class);
    private static final int MOST_SECONDS_TO_END = 60;

    private BatchQueue() {}

    /** What scores a batch and commits it. */
    public interface Work {
        Outcome score(List<ScoringInput> batch) throws IOException;
    }

    /** Of a committed batch. */
    public record Outcome(long rows, Rejections rejected) {}

    /**
     * Runs all batches.
     *
     * @throws IOException the first that a batch or the guard throws; batches that were begun are ended or given up, none is
     *     begun
     */
    public static void run(List<List<ScoringInput>> batches, int atOnce, Work work, RejectionGuard guard)
            throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            CompletionService<Outcome> running = new ExecutorCompletionService<>(threads);
            Iterator<List<ScoringInput>> waiting = batches.iterator();
            int begun = 0;
            for (int done = 0; done < batches.size(); done++) {
                while (waiting.hasNext() && begun < done + atOnce) {
                    List<ScoringInput> batch = waiting.next();
                    running.submit(() -> work.score(batch));
                    begun++;
                }
                Outcome outcome = running.take().get();
                guard.add(outcome.rows(), outcome.rejected());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(FailureMessage.of(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the run was interrupted").initCause(e);
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    /** So that nothing is committed when the run has ended. */
    private static void awaitEnd(ExecutorService threads) {
        try {
            if (!threads.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.warn("a batch has not ended after {} s; it can commit nothing more", MOST_SECONDS_TO_END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
