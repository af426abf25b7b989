package org.speechemotion.jobs;

import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.BatchScoring;
import org.speechemotion.spark.ClipPipeline;
import org.speechemotion.spark.FileListing;
import org.speechemotion.spark.SparkSessions;

/** {@code emotion score}. */
public final class ScoreJob extends Job {
    public static void main(String[] arguments) {
        main(new ScoreJob(), arguments);
    }

    @Override
    String name() {
        return "score";
    }

    @Override
    String purpose() {
        return "scores audio in bulk: one row for each input file, a result or a rejection with its reason.";
    }

    @Override
    Collection<String> keys() {
        return List.of("model", "input", "output", "score", "audio");
    }

    @Override
    int run(Settings settings) throws Exception {
        Bindings.TrainedModel model = Bindings.TrainedModel.open(settings);
        String input = Bindings.required(settings, "input");
        String output = Bindings.required(settings, "output");
        try (SparkSession session = SparkSessions.open(name())) {
            Configuration hadoop = session.sparkContext().hadoopConfiguration();
            List<String> paths = FileListing.of(input, hadoop);
            if (paths.isEmpty()) {
                throw new SettingsException("input " + input + " matches no file");
            }
            ClipPipeline pipeline = new ClipPipeline(model.audio(), model.encoder(), hadoop);
            BatchScoring.Summary summary = BatchScoring.run(
                    session, paths, model.bundle(), pipeline, settings.integer("score.batch-size"), output);
            say(summary);
            say("scores: " + output);
            return summary.reconciles() ? DONE : FAILED;
        }
    }
}
