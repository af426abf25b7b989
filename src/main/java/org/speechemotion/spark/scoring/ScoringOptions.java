package org.speechemotion.spark.scoring;

import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.SpeakerTurns;
import org.speechemotion.scoring.TableSettings;

/**
 * The settings of a run that scores into a table.
 *
 * @param recognizer the recogniser that transcribes, if there is one; the run removes it from the executors when it is closed
 * @param turns the turns of speakers in recordings; if there are any, the table has a column of speakers
 */
public record ScoringOptions(
        RecordingSettings recordings,
        ScoringSettings scoring,
        TableSettings table,
        BroadcastRecognizer recognizer,
        SpeakerTurns turns) {
    /** Returns the default settings, without transcripts and speakers. */
    public static ScoringOptions defaults() {
        return new ScoringOptions(
                RecordingSettings.defaults(),
                ScoringSettings.defaults(),
                TableSettings.defaults(),
                BroadcastRecognizer.NONE,
                SpeakerTurns.NONE);
    }

    public ScoringOptions with(RecordingSettings other) {
        return new ScoringOptions(other, scoring, table, recognizer, turns);
    }

    public ScoringOptions with(ScoringSettings other) {
        return new ScoringOptions(recordings, other, table, recognizer, turns);
    }

    public ScoringOptions with(TableSettings other) {
        return new ScoringOptions(recordings, scoring, other, recognizer, turns);
    }

    public ScoringOptions with(BroadcastRecognizer other) {
        return new ScoringOptions(recordings, scoring, table, other, turns);
    }

    public ScoringOptions with(SpeakerTurns other) {
        return new ScoringOptions(recordings, scoring, table, recognizer, other);
    }

    /** Checks that the format of an output can hold a table of these settings. */
    void requireAllowed(String output) {
        ScoreFormat format = ScoreFormat.of(output);
        if (scoring.embeddings() && format == ScoreFormat.CSV) {
            throw new IllegalArgumentException(
                    "output is " + output + ": CSV cannot hold embeddings; allowed: Parquet and .jsonl");
        }
        if (format == ScoreFormat.DELTA && table.partitionBy() != TableSettings.Partitioning.NONE) {
            throw new IllegalArgumentException("score.partition-by is "
                    + table.partitionBy().id() + ": a Delta table finds rows by statistics; allowed: none");
        }
        if (format != ScoreFormat.DELTA && table.rescore() != TableSettings.Rescoring.NONE) {
            throw new IllegalArgumentException(
                    "score.rescore is rejected: only the rows of a Delta table (.delta) can be replaced; allowed: none");
        }
    }
}
