package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.spark.clips.ClipPipeline;

/** Scores files on the cluster into a table with one row for each path, and reads such tables. */
public final class BatchScoring {
    private BatchScoring() {}

    /** Runs a {@link ScoringRun} with the default settings of recordings and tables. */
    public static ScoringSummary run(
            SparkSession session,
            List<String> paths,
            ModelBundle bundle,
            ClipPipeline pipeline,
            ScoringSettings settings,
            String output)
            throws IOException {
        try (ScoringRun run = new ScoringRun(
                session, bundle, pipeline, ScoringOptions.defaults().with(settings), line -> {})) {
            return run.score(paths, output);
        }
    }

    /**
     * Reads a table that a run wrote.
     *
     * @throws IllegalArgumentException if it is not a table of scores
     * @throws UncheckedIOException if it cannot be read
     */
    public static Dataset<Row> read(SparkSession session, String output) {
        try {
            return ScoreTable.read(session, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
