package org.speechemotion.spark;

import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.model.ModelBundle;

/** Scores files on the cluster, one row for each path: lazily, for programs, or into a table. */
public final class BatchScoring {
    /** Most of a task: small enough that a lost executor costs little, large enough that opening a model does not. */
    private static final int FILES_PER_TASK = 512;

    private BatchScoring() {}

    /** A {@link ScoringRun} with the usual settings of a table. */
    public static ScoringSummary run(
            SparkSession session,
            List<String> paths,
            ModelBundle bundle,
            ClipPipeline pipeline,
            ScoringSettings settings,
            String output)
            throws IOException {
        return new ScoringRun(session, bundle, pipeline, settings, TableSettings.defaults(), line -> {})
                .score(paths, output);
    }

    /**
     * Scores paths, lazily.
     *
     * @param paths distinct
     * @param pipeline with the settings of the bundle's own encoder
     */
    public static Dataset<Row> score(
            SparkSession session,
            List<String> paths,
            ModelBundle bundle,
            ClipPipeline pipeline,
            ScoringSettings settings) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        String modelId = bundle.manifest().modelId();
        ClipScoring scoring = new ClipScoring(context, bundle, pipeline, settings.batchSize(), settings.embeddings());
        // Whole waves of equal tasks: one task more than there are cores would take as long as a wave.
        int cores = context.defaultParallelism();
        int waves = (paths.size() + FILES_PER_TASK * cores - 1) / (FILES_PER_TASK * cores);
        return session.createDataFrame(
                context.parallelize(paths, Math.max(1, Math.min(waves * cores, paths.size())))
                        .mapPartitions(scoring::paths)
                        .map(score -> ScoreTable.row(score, modelId, settings)),
                ScoreTable.schema(settings.embeddings()));
    }

    /** A table that was written in the format of its own extension, without embeddings. */
    public static Dataset<Row> read(SparkSession session, String output) {
        return ScoreFolder.read(session, output, ScoreTable.table(false));
    }
}
