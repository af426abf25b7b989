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
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.speechemotion.common.Result;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.scoring.ScoringPlan;
import org.speechemotion.scoring.ScoringProgress;
import org.speechemotion.scoring.ScoringProgress.Amount;
import org.speechemotion.scoring.SpeakerTurns;
import org.speechemotion.spark.clips.ClipPipeline;

/** Scores a batch on the cluster and commits it. May be called from several threads. */
final class BatchScorer implements AutoCloseable {
    private final JavaSparkContext context;
    private final ScoreTable table;
    private final String modelId;
    private final String run;
    private final String subfolder;
    private final Broadcast<SpeakerTurns> turns;
    private final Broadcast<ContentIndex> known;
    private final Broadcast<ContentIndex> none;
    private final ScoringTask task;
    private final TimelineExport export;

    /**
     * Broadcasts the values that all tasks share, except the model.
     *
     * @param known contents that this model has scored already
     * @param run the time at which the run began, ISO-8601
     * @param subfolder the folder of the table that files are added to; "" for the table's own
     */
    BatchScorer(
            JavaSparkContext context,
            ScoreTable table,
            String modelId,
            BroadcastModel model,
            ClipPipeline pipeline,
            ScoringOptions options,
            ContentIndex known,
            String run,
            String subfolder) {
        this.context = context;
        this.table = table;
        this.run = run;
        export = table.export(options.table().export());
        this.subfolder = subfolder;
        this.modelId = modelId;
        turns = context.broadcast(options.turns());
        this.known = context.broadcast(known);
        none = context.broadcast(ContentIndex.NONE);
        task = new ScoringTask(
                pipeline,
                options.recordings(),
                new ScoreRows(table.columns(), modelId, options.scoring().abstainBelow()),
                model,
                options.recognizer(),
                turns,
                options.scoring().batchSize(),
                options.scoring().speeds(),
                run,
                ScoringCounters.of(context));
    }

    /**
     * Scores a batch and commits it.
     *
     * @throws IOException if the table cannot be written
     */
    BatchRunner.Counts score(List<ScoringInput> batch) throws IOException {
        context.setJobGroup(run, "scoring " + batch.size() + " inputs");
        List<TaskResult.Finished> finished = new ArrayList<>();
        List<TaskResult.Duplicate> repetitions = new ArrayList<>();
        for (TaskResult result : compute(batch, known)) {
            if (result instanceof TaskResult.Duplicate repeated) {
                repetitions.add(repeated);
            } else {
                finished.add((TaskResult.Finished) result);
            }
        }
        if (!repetitions.isEmpty()) {
            finished.addAll(copies(repetitions));
        }
        requireOneEach(batch, finished);
        List<Row> rows = finished.stream().map(TaskResult.Finished::row).toList();
        export.write(rows);
        table.commit(ScoringPlan.name(modelId, batch), subfolder, rows);
        return new BatchRunner.Counts(finished.size(), rejections(finished));
    }

    private static Rejections rejections(List<TaskResult.Finished> results) {
        List<Rejections.Group> rejected = new ArrayList<>();
        for (TaskResult.Finished result : results) {
            if (result.duration() instanceof Result.Rejected<Double> rejection) {
                rejected.add(Rejections.of(result.input().path(), rejection.rejection()));
            }
        }
        return Rejections.of(rejected);
    }

    private List<TaskResult> compute(List<ScoringInput> batch, Broadcast<ContentIndex> contents) {
        ScoringTask work = task;
        List<List<ScoringInput>> tasks = ScoringPlan.tasks(batch, context.defaultParallelism());
        return context.parallelize(tasks, tasks.size())
                .flatMap(inputs -> work.score(inputs, contents))
                .collect();
    }

    /**
     * Copies rows of contents that the table has, of two rows of a content the one that is not a rejection. The few contents that it does
     * not have after all are scored.
     */
    private List<TaskResult.Finished> copies(List<TaskResult.Duplicate> repetitions) {
        Map<String, Row> originals = new HashMap<>();
        Dataset<Row> rows = table.read();
        rows.filter(rows.col(ScoreColumns.MODEL).equalTo(modelId))
                .filter(rows.col(ScoreColumns.CONTENT)
                        .isin(repetitions.stream()
                                .map(TaskResult.Duplicate::content)
                                .distinct()
                                .toArray()))
                .dropDuplicates(new String[] {ScoreColumns.CONTENT, ScoreColumns.STATUS})
                .collectAsList()
                .forEach(row -> originals.merge(
                        row.getAs(ScoreColumns.CONTENT),
                        row,
                        (first, second) -> ScoreColumns.OK.equals(first.getAs(ScoreColumns.STATUS)) ? first : second));
        List<TaskResult.Finished> copies = new ArrayList<>();
        List<ScoringInput> rest = new ArrayList<>();
        for (TaskResult.Duplicate repeated : repetitions) {
            Row original = originals.get(repeated.content());
            if (original == null) {
                rest.add(repeated.input());
            } else {
                Row copy = ScoreRows.copied(original, repeated.input(), Timestamp.from(Instant.now()), run);
                copies.add(TaskResult.copyOf(original, repeated.input(), copy));
            }
        }
        if (!rest.isEmpty()) {
            compute(rest, none).forEach(result -> copies.add((TaskResult.Finished) result));
        }
        return copies;
    }

    /** Verifies the results before they are committed, because a commit cannot be undone. */
    private static void requireOneEach(List<ScoringInput> batch, List<TaskResult.Finished> results) {
        Set<ScoringInput> missing = new HashSet<>(batch);
        if (results.size() != batch.size() || !results.stream().allMatch(result -> missing.remove(result.input()))) {
            throw new IllegalStateException("a batch of " + batch.size() + " inputs has " + results.size()
                    + " results, or results of other inputs");
        }
    }

    /** Returns the progress of the tasks of a run with the given inputs. */
    ScoringProgress progress(Amount inputs, Duration elapsed) {
        return task.counters().progress(inputs, elapsed);
    }

    @Override
    public void close() {
        context.cancelJobGroup(run);
        turns.destroy();
        known.destroy();
        none.destroy();
    }
}
