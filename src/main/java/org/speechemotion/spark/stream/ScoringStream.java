package org.speechemotion.spark.stream;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.scoring.RejectionLimit;
import org.speechemotion.spark.io.FileListing;
import org.speechemotion.spark.io.FileTree;
import org.speechemotion.spark.scoring.ScoreTable;
import org.speechemotion.spark.scoring.ScoringRun;
import org.speechemotion.spark.scoring.ScoringSummary;

/**
 * Scores files as they arrive in a folder, into the table that a {@link ScoringRun} would write. Each micro-batch is scored by
 * that run. The stream holds the table until it is closed, and closes the run then.
 */
public final class ScoringStream implements AutoCloseable {
    /**
     * Spark's checkpoint of the query, in the folder of the table, whose readers ignore it. Every query begins with a new one: the
     * checkpoint of a killed query may be damaged, and the table records what is done.
     */
    private static final String CHECKPOINT = "_checkpoint";

    private final ScoringRun run;
    private final ScoreTable table;
    private final StreamingQuery query;
    private boolean closed;

    private ScoringStream(ScoringRun run, ScoreTable table, StreamingQuery query) {
        this.run = run;
        this.table = table;
        this.query = query;
    }

    /**
     * Starts a stream. Files that are in the folder already are scored first.
     *
     * @param run the run, which is closed with the stream
     * @param input a folder, or a glob; see {@link FileListing#entries}
     * @param output the table; its extension determines the format
     * @param console the consumer of a summary of each micro-batch
     * @throws IllegalArgumentException if the table has other settings
     * @throws java.io.FileNotFoundException if there is no such folder
     */
    public static ScoringStream start(
            SparkSession session,
            ScoringRun run,
            StreamSettings settings,
            String input,
            String output,
            Consumer<String> console)
            throws IOException {
        FileListing.entries(input, session.sparkContext().hadoopConfiguration());
        ScoreTable table = run.open(output);
        try {
            table.remove(CHECKPOINT);
            RejectionLimit limit = run.rejectionLimit(Long.MAX_VALUE);
            StreamingQuery query = StableFileSource.read(session, input, table.path(), settings.settle())
                    .writeStream()
                    .queryName("scores of " + input)
                    .trigger(Trigger.ProcessingTime(settings.every().toMillis(), TimeUnit.MILLISECONDS))
                    .option("checkpointLocation", table.path() + "/" + CHECKPOINT)
                    .foreachBatch((VoidFunction2<Dataset<Row>, Long>)
                            (batch, number) -> score(run, table, StableFileSource.files(batch), limit, console))
                    .start();
            return new ScoringStream(run, table, query);
        } catch (TimeoutException e) {
            table.close();
            throw new IOException("Spark did not start the query: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            table.close();
            throw e;
        }
    }

    private static void score(
            ScoringRun run,
            ScoreTable table,
            List<FileTree.Entry> files,
            RejectionLimit limit,
            Consumer<String> console)
            throws IOException {
        if (files.isEmpty()) {
            return;
        }
        ScoringSummary summary = run.into(table, files, inputs -> limit, line -> {});
        console.accept(summary.toString());
        summary.rejected().lines().forEach(console);
        if (!summary.reconciles()) {
            throw new IOException("the table does not have one row for each input: " + summary);
        }
    }

    /**
     * Waits until the stream is closed.
     *
     * @throws IOException if the stream fails; committed rows stay, and the same stream continues when it is started again
     */
    public void await() throws IOException {
        try {
            query.awaitTermination();
        } catch (StreamingQueryException e) {
            throw failure(e);
        }
    }

    /** Waits until all files that are stable now are scored. */
    public void processAllAvailable() {
        query.processAllAvailable();
    }

    /** Unwraps the failure, which Spark hides in the text of its plan. */
    private static IOException failure(StreamingQueryException e) {
        return new IOException(FailureMessage.of(e), e);
    }

    /** Stops the stream. Files that are being scored and are not committed are scored by the next stream. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            query.stop();
        } catch (TimeoutException e) {
            throw new IOException("the stream has not ended: " + e.getMessage(), e);
        } finally {
            run.close();
            table.close();
        }
    }
}
