package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.audio.DuplicateFilter;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.scoring.Analyses;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.Recording;
import org.speechemotion.scoring.RecordingScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.io.HadoopAudio;
import org.speechemotion.spark.scoring.ScoreColumns.Part;

/** Scores files on the cluster, with one row for each path: as a lazy table for programs, or into a table on disk. */
public final class BatchScoring {
    /** The maximum of a task: small enough that a lost executor costs little, large enough to outweigh opening a model. */
    private static final int FILES_PER_TASK = 512;

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
     * Scores paths lazily.
     *
     * @param paths distinct
     * @param pipeline the pipeline, with the settings of the bundle's own encoder
     */
    public static Dataset<Row> score(
            SparkSession session,
            List<String> paths,
            ModelBundle bundle,
            ClipPipeline pipeline,
            RecordingSettings recordings,
            ScoringSettings settings) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        String modelId = bundle.manifest().modelId();
        BroadcastModel model = BroadcastModel.of(context, bundle);
        ScoreRows rows = new ScoreRows(
                new ScoreColumns(bundle.manifest().emotions(), Part.CHANNELS)
                        .with(Part.TIMELINE, settings.timeline())
                        .with(Part.EMBEDDINGS, settings.embeddings())
                        .with(Part.CALLS, settings.calls())
                        .with(Part.ACOUSTICS, settings.acoustics()),
                modelId,
                settings.abstainBelow());
        // Whole waves of equal tasks: one task more than there are cores would take as long as a wave.
        int cores = context.defaultParallelism();
        int waves = (paths.size() + FILES_PER_TASK * cores - 1) / (FILES_PER_TASK * cores);
        return session.createDataFrame(
                context.parallelize(paths, Math.max(1, Math.min(waves * cores, paths.size())))
                        .mapPartitions(part -> new RecordingScorer<String>(
                                        pipeline.recordings(
                                                new HadoopAudio(pipeline.hadoop()), recordings, DuplicateFilter.NONE),
                                        ClipBatches.predicting(
                                                pipeline.encoder(),
                                                model.forTask(),
                                                settings.batchSize(),
                                                settings.embeddings(),
                                                settings.speeds()),
                                        recordings,
                                        Analyses.<String>none().withAcoustics(settings.acoustics()))
                                .score(part))
                        .map(recording -> {
                            Recording.Finished<String> finished = (Recording.Finished<String>) recording;
                            return rows.row(finished.input(), finished.result());
                        }),
                rows.columns().result());
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
