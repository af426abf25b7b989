package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.scoring.RejectionLimit;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.scoring.ScoringPlan;
import org.speechemotion.scoring.ScoringProgress;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.io.FileListing;
import org.speechemotion.spark.io.FileTree;

/**
 * Scores any number of files into a table, each exactly once. Inputs that the table has already are skipped; the others are
 * scored and committed batch by batch. A run that was killed continues when it is started again.
 */
public final class ScoringRun implements AutoCloseable {
    /** With two batches, no core is idle while the last task of a batch ends and the batch is written. */
    private static final int BATCHES_AT_ONCE = 2;

    /** The maximum of a batch for any number of cores, because its rows, with embeddings, are collected on the driver. */
    private static final long MAX_BATCH_FILES = 32_768;

    private final SparkSession session;
    private final JavaSparkContext context;
    private final ModelBundle bundle;
    private final ClipPipeline pipeline;
    private final ScoringOptions options;
    private final Consumer<String> console;
    private BroadcastModel model;

    /**
     * Creates a run.
     *
     * @param pipeline the pipeline, with the settings of the model's own encoder
     * @param console the consumer of lines about the progress of the run
     */
    public ScoringRun(
            SparkSession session,
            ModelBundle bundle,
            ClipPipeline pipeline,
            ScoringOptions options,
            Consumer<String> console) {
        this.session = session;
        this.context = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.bundle = bundle;
        this.pipeline = pipeline;
        this.options = options;
        this.console = console;
    }

    /**
     * Scores the files that an input names.
     *
     * @param input see {@link FileListing#entries}
     * @param output the table; its extension determines the format
     * @throws IllegalArgumentException if the input names no file, or the table has other settings
     * @throws IOException if the run cannot continue; committed rows stay
     */
    public ScoringSummary score(String input, String output) throws IOException {
        List<FileTree.Entry> files = FileListing.entries(input, pipeline.hadoop());
        if (files.isEmpty()) {
            throw new IllegalArgumentException("input " + input + " matches no file");
        }
        return into(output, files);
    }

    /** Scores distinct paths. */
    public ScoringSummary score(List<String> paths, String output) throws IOException {
        return into(output, InputListing.files(paths, pipeline.hadoop()));
    }

    private ScoringSummary into(String output, List<FileTree.Entry> files) throws IOException {
        try (ScoreTable table = open(output)) {
            return into(table, files, this::rejectionLimit, console);
        }
    }

    /**
     * Opens a table for {@link #into}.
     *
     * @throws org.speechemotion.model.BundleException if the model's id does not fit its weights
     */
    public ScoreTable open(String output) throws IOException {
        options.requireAllowed(output);
        // Inputs that the table has are skipped by the id alone.
        bundle.requireModelId();
        return ScoreTable.open(
                session,
                output,
                ScoreTableDescription.of(
                                bundle.manifest().emotions(),
                                pipeline.audio(),
                                options.recordings(),
                                options.scoring(),
                                options.table(),
                                options.recognizer().description(),
                                pipeline.precision())
                        .with(options.turns()),
                now().toString(),
                console);
    }

    /** Returns the limit of rejections for a number of inputs. */
    public RejectionLimit rejectionLimit(long inputs) {
        return new RejectionLimit(options.table().maxRejectedShare(), inputs);
    }

    /**
     * Scores files into a table that stays open.
     *
     * @param limit the function that makes the limit of rejections for the number of inputs that will be scored
     * @param ends the consumer of a line at the beginning and one at the end; a stream leaves them out
     */
    public ScoringSummary into(
            ScoreTable table, List<FileTree.Entry> files, LongFunction<RejectionLimit> limit, Consumer<String> ends)
            throws IOException {
        try {
            return attempt(table, files, limit, ends);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            if (!isOfSpark(e) || !table.quarantineDamagedFiles()) {
                throw e;
            }
            return attempt(table, files, limit, ends);
        }
    }

    private static boolean isOfSpark(Throwable e) {
        return e instanceof SparkException || (e.getCause() != null && isOfSpark(e.getCause()));
    }

    private ScoringSummary attempt(
            ScoreTable table, List<FileTree.Entry> files, LongFunction<RejectionLimit> limit, Consumer<String> ends)
            throws IOException {
        Instant begin = now();
        List<ScoringInput> inputs = InputListing.of(
                context,
                files.stream().filter(file -> !table.contains(file.path())).toList(),
                options.table().archive(),
                pipeline.hadoop());
        RowIndex rows = RowIndex.of(ofThisModel(table), begin.toString());
        List<ScoringInput> pending = pending(inputs, rows);
        ends.accept(inputs.size() + " listed, " + (inputs.size() - pending.size()) + " of them in the table already");
        if (!pending.isEmpty()) {
            ends.accept(
                    score(pending, table, begin, limit.apply(pending.size())).toString());
            rows = RowIndex.of(ofThisModel(table), begin.toString());
        }
        return ScoringSummary.of(inputs, rows, ofThisModel(table), begin.toString());
    }

    /** Returns the inputs that have no row, or one that will be replaced. */
    private List<ScoringInput> pending(List<ScoringInput> inputs, RowIndex rows) {
        InputKey.Maker keys = new InputKey.Maker();
        List<ScoringInput> pending = new ArrayList<>();
        for (ScoringInput input : inputs) {
            InputKey key = keys.of(input.path(), input.bytes(), input.modified());
            if (!rows.contains(key, row -> row.ok() || options.table().rescore() == TableSettings.Rescoring.NONE)) {
                pending.add(input);
            }
        }
        return pending;
    }

    private ScoringProgress score(List<ScoringInput> pending, ScoreTable table, Instant begin, RejectionLimit limit)
            throws IOException {
        try (BatchScorer scorer = new BatchScorer(
                        context,
                        table,
                        modelId(),
                        broadcastModel(),
                        pipeline,
                        options,
                        ContentIndex.of(done(table)),
                        begin.toString(),
                        subfolder(begin));
                ProgressLogger watch = new ProgressLogger(scorer, pending, console)) {
            int cores = context.defaultParallelism();
            BatchRunner.run(
                    ScoringPlan.batches(
                            pending,
                            Math.min(MAX_BATCH_FILES, (long) options.table().commitFiles() * cores),
                            ((long) options.table().commitMegabytes() << 20) * cores),
                    BATCHES_AT_ONCE,
                    scorer::score,
                    limit);
            return watch.progress();
        }
    }

    /** Returns the model, which is broadcast once, for any number of batches. */
    private synchronized BroadcastModel broadcastModel() {
        if (model == null) {
            model = BroadcastModel.of(context, bundle);
        }
        return model;
    }

    private String modelId() {
        return bundle.manifest().modelId();
    }

    /** Removes the model from the executors. */
    @Override
    public synchronized void close() {
        if (model != null) {
            model.destroy();
            model = null;
        }
        options.recognizer().destroy();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns the rows that will not be replaced. */
    private Dataset<Row> done(ScoreTable table) {
        Dataset<Row> rows = ofThisModel(table);
        return options.table().rescore() == TableSettings.Rescoring.NONE
                ? rows
                : rows.filter(rows.col(ScoreColumns.STATUS).equalTo(ScoreColumns.OK));
    }

    private Dataset<Row> ofThisModel(ScoreTable table) {
        Dataset<Row> rows = table.read();
        return rows.filter(rows.col(ScoreColumns.MODEL).equalTo(modelId()));
    }

    private String subfolder(Instant begin) {
        return switch (options.table().partitionBy()) {
            case NONE -> "";
            case DATE -> "date=" + LocalDate.ofInstant(begin, ZoneOffset.UTC);
            case MODEL -> "model=" + modelId();
        };
    }
}
