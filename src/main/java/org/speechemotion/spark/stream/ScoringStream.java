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
import org.speechemotion.scoring.RejectionGuard;
import org.speechemotion.spark.io.FileListing;
import org.speechemotion.spark.io.FileTree;
import org.speechemotion.spark.scoring.ScoreFolder;
import org.speechemotion.spark.scoring.ScoringRun;
import org.speechemotion.spark.scoring.ScoringSummary;

/**
 * Scores files as they arrive in a folder, into the table that a {@link ScoringRun} would write: what a look at the folder
 * finds is such a run. The table is this stream's until it is closed.
 */
public final class ScoringStream implements AutoCloseable {
    /**
     * In the table, whose readers pass over it: Spark's notes of this query. The next one has its own, for what a dead query left
     * may be damaged, and the table knows better.
     */
    private static final String CHECKPOINT = "_checkpoint";

    private final ScoringRun run;
    private final ScoreFolder table;
    private final StreamingQuery query;
    private boolean closed;

    private ScoringStream(ScoringRun run, ScoreFolder table, StreamingQuery query) {
        this.run = run;
        this.table = table;
        this.query = query;
    }

    /**
     * Begins; what is in the folder by then is scored first.
     *
     * @param input a folder, or a glob; see {@link FileListing#of}
     * @param output the table; its extension tells the format
     * @param console is told what came, and what became of it
     * @throws IllegalArgumentException where the table is another's
     * @throws java.io.FileNotFoundException where there is no such folder
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
        ScoreFolder table = run.open(output);
        try {
            table.remove(CHECKPOINT);
            RejectionGuard guard = run.guard(Long.MAX_VALUE);
            StreamingQuery query = SettledFileSource.read(session, input, table.path(), settings.settle())
                    .writeStream()
                    .queryName("scores of " + input)
                    .trigger(Trigger.ProcessingTime(settings.every().toMillis(), TimeUnit.MILLISECONDS))
                    .option("checkpointLocation", table.path() + "/" + CHECKPOINT)
                    .foreachBatch((VoidFunction2<Dataset<Row>, Long>)
                            (batch, number) -> score(run, table, SettledFileSource.files(batch), guard, console))
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
            ScoreFolder table,
            List<FileTree.Entry> files,
            RejectionGuard guard,
            Consumer<String> console)
            throws IOException {
        if (files.isEmpty()) {
            return;
        }
        ScoringSummary summary = run.into(table, files, inputs -> guard, line -> {});
        console.accept(summary.toString());
        summary.rejected().lines().forEach(console);
        if (!summary.reconciles()) {
            throw new IOException("the table does not have one row for each input: " + summary);
        }
    }

    /**
     * Waits until the stream is closed.
     *
     * @throws IOException where it ends by itself: what is committed stays, and the same stream, started again, goes on
     */
    public void await() throws IOException {
        try {
            query.awaitTermination();
        } catch (StreamingQueryException e) {
            throw failure(e);
        }
    }

    /** Waits until what is whole by now is scored. */
    public void awaitAllThatIsThere() {
        query.processAllAvailable();
    }

    /** Spark wraps what was thrown in the text of its plan. */
    private static IOException failure(StreamingQueryException e) {
        return new IOException(FailureMessage.of(e), e);
    }

    /** What is being scored, and not committed, is scored by the next stream. */
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
