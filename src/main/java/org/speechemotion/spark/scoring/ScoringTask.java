package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.common.Result;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.scoring.Analyses;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.DecodeAhead;
import org.speechemotion.scoring.Recording;
import org.speechemotion.scoring.RecordingScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.scoring.SpeakerTurns;
import org.speechemotion.scoring.SpeedViews;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.scoring.ScoreColumns.Part;

/**
 * Scores the inputs of a task on an executor.
 *
 * @param turns the speakers' turns, for the inputs whose turns are known
 * @param run the time at which the run began, ISO-8601
 */
record ScoringTask(
        ClipPipeline pipeline,
        RecordingSettings recordings,
        ScoreRows rows,
        BroadcastModel model,
        BroadcastRecognizer recognizer,
        Broadcast<SpeakerTurns> turns,
        int batchSize,
        SpeedViews views,
        String run,
        ScoringCounters counters)
        implements Serializable {

    /**
     * Scores inputs; returns one result for each.
     *
     * @param known contents that are not scored, because the table has them already
     */
    Iterator<TaskResult> score(List<ScoringInput> inputs, Broadcast<ContentIndex> known) {
        List<ScoringInput> readable = new ArrayList<>();
        List<TaskResult> results = new ArrayList<>();
        for (ScoringInput input : inputs) {
            if (input instanceof ScoringInput.Unusable unusable) {
                results.add(finished(input, null, Result.rejected(unusable.rejection())));
            } else {
                readable.add(input);
            }
        }
        if (!readable.isEmpty()) {
            results.addAll(scored(readable, known.value()));
        }
        counters.add(results);
        return results.iterator();
    }

    private List<TaskResult> scored(List<ScoringInput> inputs, ContentIndex known) {
        // A model with adapters needs the encoder.
        Encoder encoder = pipeline.encoder();
        EmotionModel opened = model.forTask();
        RecordingReader<ScoringInput> reader =
                pipeline.recordings(new InputOpener(pipeline.hadoop()), recordings, known);
        List<TaskResult> results = new ArrayList<>();
        try (DecodeAhead<ScoringInput> ahead = new DecodeAhead<>(inputs, reader)) {
            new RecordingScorer<>(
                            ahead,
                            ClipBatches.predicting(
                                    encoder, opened, batchSize, rows.columns().has(Part.EMBEDDINGS), views),
                            recordings,
                            new Analyses<>(
                                    recognizer.forTask(),
                                    rows.columns().has(Part.ACOUSTICS),
                                    input -> turns.value().of(input.path()),
                                    turns.value().clusters()))
                    .score(inputs.iterator())
                    .forEachRemaining(recording -> results.add(result(recording)));
        }
        return results;
    }

    private TaskResult result(Recording<ScoringInput> recording) {
        if (recording instanceof Recording.Duplicate<ScoringInput> seen) {
            return new TaskResult.Duplicate(seen.input(), seen.content());
        }
        Recording.Finished<ScoringInput> finished = (Recording.Finished<ScoringInput>) recording;
        return finished(finished.input(), finished.sha256().orElse(null), finished.result());
    }

    private TaskResult finished(ScoringInput input, String content, Result<ScoredRecording> result) {
        Row row = rows.row(input.path(), result);
        return new TaskResult.Finished(
                input,
                ScoreRows.written(row, input, content, Timestamp.from(Instant.now()), run),
                result.map(ScoredRecording::durationSeconds));
    }
}
