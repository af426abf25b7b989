package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.ScoringBindings;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.scoring.ScoringRun;
import org.speechemotion.spark.scoring.ScoringSummary;

/** Scores recordings in bulk. */
@AutoService(Job.class)
public final class ScoreJob extends Job {
    /** The keys of every command that scores into a table. */
    static final List<String> KEYS = KeyGroups.and(
            KeyGroups.MODEL,
            "input",
            "output",
            "score",
            "asr",
            "audio.minimum-seconds",
            "audio.ffmpeg",
            "encoder.distribute");

    static final String OUTPUT = "The table to write, a folder. The extension selects the format: .csv, .jsonl or .json"
            + " (JSON lines), .delta (Delta Lake), otherwise Parquet.";

    static final String[] FIRST = {
        "score.channels",
        "score.abstain-below",
        "score.timeline",
        "score.embeddings",
        "score.window-seconds",
        "score.hop-seconds",
        "score.silence-decibels",
        "score.partition-by",
        "score.max-rejected-share",
        "score.batch-size"
    };

    @Override
    public String name() {
        return "score";
    }

    @Override
    String purpose() {
        return "scores audio in bulk into a table with one row for each recording";
    }

    @Override
    Collection<String> keys() {
        return KEYS;
    }

    @Override
    Usage usage() {
        return Usage.requiring("model", "input", "output").first(FIRST).meaning("output", OUTPUT);
    }

    @Override
    int run(Settings settings) throws Exception {
        onInterruption("the same command continues");
        TrainedModel model = TrainedModel.open(settings);
        String input = settings.required("input");
        String output = settings.required("output");
        try (SparkSession session = SparkSessions.open(name());
                ScoringRun run = ScoringBindings.run(session, model, settings, this::progress)) {
            ScoringSummary summary = run.score(input, output);
            say(summary);
            summary.rejected().lines().forEach(this::say);
            say("by emotion:");
            summary.answerLines().forEach(this::say);
            say("scores: " + output);
            return summary.reconciles() ? DONE : FAILED;
        }
    }
}
