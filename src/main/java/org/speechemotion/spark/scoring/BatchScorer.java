package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.scoring.ScoringPlan;
import org.speechemotion.scoring.ScoringProgress;
import org.speechemotion.spark.clips.ClipPipeline;

/** Scores a batch on the cluster and commits it. May be called from several threads. */
final class BatchScorer implements AutoCloseable {
    private final JavaSparkContext context;
    private final ScoreFolder table;
    private final String modelId;
    private final String run;
    private final String subfolder;
    private final SentModel model;
    private final Broadcast<KnownContents> known;
    private final Broadcast<KnownContents> none;
    private final ScoringTask task;

    /**
     * Sends what all tasks need.
     *
     * @param known contents that the table has of this model
     * @param subfolder of the table
     */
    BatchScorer(
            JavaSparkContext context,
            ScoreFolder table,
            ModelBundle bundle,
            ClipPipeline pipeline,
            RecordingSettings recordings,
            ScoringSettings settings,
            KnownContents known,
            String run,
            String subfolder) {
        this.context = context;
        this.table = table;
        this.run = run;
        this.subfolder = subfolder;
        modelId = bundle.manifest().modelId();
        model = SentModel.of(context, bundle);
        this.known = context.broadcast(known);
        none = context.broadcast(KnownContents.NONE);
        task = new ScoringTask(
                pipeline,
                recordings,
                new ScoreRows(table.columns(), modelId, settings.abstainBelow()),
                model,
                this.known,
                settings.batchSize(),
                run,
                counter("files"),
                counter("bytes"),
                counter("milliseconds of audio"),
                counter("rejected"));
    }

    private LongAccumulator counter(String name) {
        return context.sc().longAccumulator(name);
    }

    /**
     * Scores a batch and commits it.
     *
     * @throws IOException where it cannot be written
     */
    BatchQueue.Outcome score(List<ScoringInput> batch) throws IOException {
        context.setJobGroup(run, "scoring " + batch.size() + " inputs");
        List<ScoringTask.Result> results = compute(task, batch);
        List<Row> rows = new ArrayList<>(results.stream()
                .filter(result -> !result.isKnown())
                .map(ScoringTask.Result::row)
                .toList());
        List<ScoringTask.Result> repeated =
                results.stream().filter(ScoringTask.Result::isKnown).toList();
        if (!repeated.isEmpty()) {
            rows.addAll(copies(repeated));
        }
        requireOneEach(batch, rows);
        table.commit(ScoringPlan.name(modelId, batch), subfolder, rows);
        return new BatchQueue.Outcome(
                rows.size(),
                Rejections.of(rows.stream()
                        .filter(row -> row.getString(1).equals(ScoreColumns.REJECTED))
                        .map(row -> Rejections.of(row.getString(0), row.getString(2), String.valueOf(row.getString(3))))
                        .toList()));
    }

    private List<ScoringTask.Result> compute(ScoringTask task, List<ScoringInput> batch) {
        List<List<ScoringInput>> tasks = ScoringPlan.tasks(batch, context.defaultParallelism());
        return context.parallelize(tasks, tasks.size()).flatMap(task::score).collect();
    }

    /** Rows of contents that the table has; the few that it has not after all are scored. */
    private List<Row> copies(List<ScoringTask.Result> repeated) {
        Map<String, Row> originals = new HashMap<>();
        Dataset<Row> rows = table.read();
        rows.filter(rows.col(ScoreColumns.MODEL).equalTo(modelId))
                .filter(rows.col(ScoreColumns.CONTENT)
                        .isin(repeated.stream()
                                .map(ScoringTask.Result::content)
                                .distinct()
                                .toArray()))
                .dropDuplicates(ScoreColumns.CONTENT)
                .collectAsList()
                .forEach(row -> originals.put(row.getAs(ScoreColumns.CONTENT), row));
        List<Row> copies = new ArrayList<>();
        List<ScoringInput> rest = new ArrayList<>();
        for (ScoringTask.Result result : repeated) {
            Row original = originals.get(result.content());
            if (original == null) {
                rest.add(result.input());
            } else {
                copies.add(ScoreRows.copied(original, result.input(), Timestamp.from(Instant.now()), run));
            }
        }
        if (!rest.isEmpty()) {
            compute(task.with(none), rest).forEach(result -> copies.add(result.row()));
        }
        return copies;
    }

    /** What comes next would be written once and for all. */
    private static void requireOneEach(List<ScoringInput> batch, List<Row> rows) {
        Set<String> paths = batch.stream().map(ScoringInput::path).collect(Collectors.toCollection(HashSet::new));
        if (rows.size() != batch.size() || !rows.stream().allMatch(row -> paths.remove(row.getString(0)))) {
            throw new IllegalStateException(
                    "a batch of " + batch.size() + " inputs came out as " + rows.size() + " rows, or" + " as others");
        }
    }

    /**
     * How far the tasks have come.
     *
     * @param inputs of the run
     */
    ScoringProgress progress(long inputs, long bytes, Duration elapsed) {
        return new ScoringProgress(
                inputs,
                bytes,
                task.files().value(),
                task.bytes().value(),
                Duration.ofMillis(task.milliseconds().value()),
                task.rejected().value(),
                elapsed);
    }

    @Override
    public void close() {
        context.cancelJobGroup(run);
        model.destroy();
        known.destroy();
        none.destroy();
    }
}
