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
import org.speechemotion.scoring.RejectionLimit;
import org.speechemotion.scoring.ScoringInput;

/** Runs batches in order, a few of them at the same time. */
public final class BatchRunner {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);
    private static final int MAX_SECONDS_TO_END = 60;

    private BatchRunner() {}

    /** Scores a batch and commits it. */
    public interface Work {
        Counts score(List<ScoringInput> batch) throws IOException;
    }

    /** The numbers of a committed batch. */
    public record Counts(long rows, Rejections rejected) {}

    /**
     * Runs all batches.
     *
     * @throws IOException the first failure of a batch, or the limit's; then no further batch is begun, and those that run end or
     *     are interrupted
     */
    public static void run(List<List<ScoringInput>> batches, int atOnce, Work work, RejectionLimit limit)
            throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            CompletionService<Counts> running = new ExecutorCompletionService<>(threads);
            Iterator<List<ScoringInput>> waiting = batches.iterator();
            int begun = 0;
            for (int done = 0; done < batches.size(); done++) {
                while (waiting.hasNext() && begun < done + atOnce) {
                    List<ScoringInput> batch = waiting.next();
                    running.submit(() -> work.score(batch));
                    begun++;
                }
                Counts outcome = running.take().get();
                limit.add(outcome.rows(), outcome.rejected());
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

    /** Waits for the threads, so that nothing is committed after the run has ended. */
    private static void awaitEnd(ExecutorService threads) {
        try {
            if (!threads.awaitTermination(MAX_SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.warn("a batch has not ended after {} s; it can commit nothing more", MAX_SECONDS_TO_END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
