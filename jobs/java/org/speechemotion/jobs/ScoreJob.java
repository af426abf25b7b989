package org.speechemotion.jobs;

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
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.scoring.ScoringRun;
import org.speechemotion.spark.scoring.ScoringSettings;
import org.speechemotion.spark.scoring.ScoringSummary;

/** {@code emotion score}. */
public final class ScoreJob extends Job {
    /** What scoring into a table reads, whenever it does. */
    static final List<String> KEYS = List.of(
            "model",
            "input",
            "output",
            "score",
            "audio.minimum-seconds",
            "encoder.path",
            "encoder.engine",
            "encoder.threads",
            "encoder.distribute");

    public static void main(String[] arguments) {
        main(new ScoreJob(), arguments);
    }

    @Override
    String name() {
        return "score";
    }

    @Override
    String purpose() {
        return "scores audio in bulk, of any length: one row for each input file, a result or a rejection with its"
                + " reason.";
    }

    @Override
    Collection<String> keys() {
        return KEYS;
    }

    @Override
    int run(Settings settings) throws Exception {
        TrainedModel model = TrainedModel.open(settings);
        String input = Bindings.required(settings, "input");
        String output = Bindings.required(settings, "output");
        try (SparkSession session = SparkSessions.open(name());
                ScoringRun run = run(session, model, settings, this::say)) {
            ScoringSummary summary = run.score(input, output);
            say(summary);
            summary.rejected().lines().forEach(this::say);
            say("scores: " + output);
            return summary.reconciles() ? DONE : FAILED;
        }
    }

    static ScoringRun run(SparkSession session, TrainedModel model, Settings settings, Consumer<String> console)
            throws IOException {
        return new ScoringRun(
                session,
                model.bundle(),
                model.pipeline(JavaSparkContext.fromSparkContext(session.sparkContext())),
                settings.bind("score", RecordingSettings.class),
                settings.bind("score", ScoringSettings.class),
                settings.bind("score", TableSettings.class),
                console);
    }
}
