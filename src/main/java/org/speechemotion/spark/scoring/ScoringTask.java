package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.scoring.DecodeAhead;
import org.speechemotion.scoring.Recording;
import org.speechemotion.scoring.RecordingScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.spark.clips.ClipPipeline;

/**
 * What an executor does with the inputs of a task.
 *
 * @param files that tasks have done, for the progress alone: a retried task counts twice
 */
record ScoringTask(
        ClipPipeline pipeline,
        RecordingSettings recordings,
        ScoreRows rows,
        SentModel model,
        Broadcast<KnownContents> known,
        int batchSize,
        String run,
        LongAccumulator files,
        LongAccumulator bytes,
        LongAccumulator milliseconds,
        LongAccumulator rejected)
        implements Serializable {

    /**
     * What became of an input.
     *
     * @param content of an input that was read
     * @param row of the table; null where the table may have one of the same content
     */
    record Result(ScoringInput input, String content, Row row) implements Serializable {
        boolean isKnown() {
            return row == null;
        }
    }

    /** The same with other contents that the table is taken to have. */
    ScoringTask with(Broadcast<KnownContents> other) {
        return new ScoringTask(
                pipeline, recordings, rows, model, other, batchSize, run, files, bytes, milliseconds, rejected);
    }

    /** One result for each input. */
    Iterator<Result> score(List<ScoringInput> inputs) {
        Map<String, ScoringInput> readable = new LinkedHashMap<>();
        List<Result> results = new ArrayList<>();
        for (ScoringInput input : inputs) {
            if (input instanceof ScoringInput.Unusable unusable) {
                results.add(
                        result(input, new Recording.Rejected(input.path(), Optional.empty(), unusable.rejection())));
            } else {
                readable.put(input.path(), input);
            }
        }
        if (!readable.isEmpty()) {
            results.addAll(score(readable, model.forTask()));
        }
        count(results);
        return results.iterator();
    }

    private List<Result> score(Map<String, ScoringInput> inputs, EmotionModel opened) {
        List<String> paths = List.copyOf(inputs.keySet());
        RecordingReader reader =
                pipeline.recordings(new TaskAudio(inputs, pipeline.hadoop()), recordings, known.value());
        List<Result> results = new ArrayList<>();
        try (DecodeAhead ahead = new DecodeAhead(paths, reader)) {
            new RecordingScorer(
                            ahead,
                            pipeline.encoder(),
                            opened,
                            recordings,
                            batchSize,
                            rows.columns().embeddings())
                    .score(paths.iterator())
                    .forEachRemaining(recording -> results.add(result(inputs.get(recording.path()), recording)));
        }
        return results;
    }

    private Result result(ScoringInput input, Recording recording) {
        String content = recording.sha256().orElse(null);
        if (recording instanceof Recording.Seen) {
            return new Result(input, content, null);
        }
        Row row = rows.row(recording);
        return new Result(input, content, ScoreRows.written(row, input, content, Timestamp.from(Instant.now()), run));
    }

    private void count(List<Result> results) {
        int duration = rows.columns().result().fieldIndex(ScoreColumns.DURATION);
        for (Result result : results) {
            bytes.add(result.input().bytes());
            if (!result.isKnown() && result.row().isNullAt(duration)) {
                rejected.add(1);
            } else if (!result.isKnown()) {
                milliseconds.add(Math.round(1000 * result.row().getDouble(duration)));
            }
        }
        files.add(results.size());
    }
}
