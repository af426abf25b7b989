package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.Bindings;
import org.speechemotion.spark.bindings.RecognizerModel;
import org.speechemotion.spark.bindings.SpeakerFile;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.scoring.ScoringRun;
import org.speechemotion.spark.scoring.ScoringSettings;
import org.speechemotion.spark.scoring.ScoringSummary;

/** Scores recordings in bulk. */
@AutoService(Job.class)
public final class ScoreJob extends Job {
    /** The keys of every command that scores into a table. */
    static final List<String> KEYS = List.of(
            "model",
            "input",
            "output",
            "score",
            "asr",
            "audio.minimum-seconds",
            "audio.ffmpeg",
            "encoder.path",
            "encoder.engine",
            "encoder.precision",
            "encoder.provider",
            "encoder.threads",
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
        String input = Bindings.required(settings, "input");
        String output = Bindings.required(settings, "output");
        try (SparkSession session = SparkSessions.open(name());
                ScoringRun run = run(session, model, settings, this::progress)) {
            ScoringSummary summary = run.score(input, output);
            say(summary);
            summary.rejected().lines().forEach(this::say);
            say("by emotion:");
            summary.answerLines().forEach(this::say);
            say("scores: " + output);
            return summary.reconciles() ? DONE : FAILED;
        }
    }

    static ScoringRun run(SparkSession session, TrainedModel model, Settings settings, Consumer<String> console)
            throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        return new ScoringRun(
                session,
                model.bundle(),
                model.pipeline(context),
                settings.bind("score", RecordingSettings.class),
                settings.bind("score", ScoringSettings.class),
                settings.bind("score", TableSettings.class),
                RecognizerModel.broadcast(settings, context, model.audio()),
                SpeakerFile.read(settings, context.hadoopConfiguration()),
                console);
    }
}
