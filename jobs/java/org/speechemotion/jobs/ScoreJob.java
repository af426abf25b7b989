package org.speechemotion.jobs;

import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.BatchScoring;
import org.speechemotion.spark.ClipPipeline;
import org.speechemotion.spark.FileListing;
import org.speechemotion.spark.ScoringSettings;
import org.speechemotion.spark.SparkSessions;
import org.speechemotion.spark.bindings.Bindings;
import org.speechemotion.spark.bindings.TrainedModel;

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
        return List.of(
                "model",
                "input",
                "output",
                "score",
                "audio",
                "encoder.path",
                "encoder.engine",
                "encoder.threads",
                "encoder.distribute");
    }

    @Override
    int run(Settings settings) throws Exception {
        TrainedModel model = TrainedModel.open(settings);
        String input = Bindings.required(settings, "input");
        String output = Bindings.required(settings, "output");
        try (SparkSession session = SparkSessions.open(name())) {
            Configuration hadoop = session.sparkContext().hadoopConfiguration();
            List<String> paths = FileListing.of(input, hadoop);
            if (paths.isEmpty()) {
                throw new SettingsException("input " + input + " matches no file");
            }
            ClipPipeline pipeline = model.pipeline(JavaSparkContext.fromSparkContext(session.sparkContext()));
            BatchScoring.Summary summary = BatchScoring.run(
                    session, paths, model.bundle(), pipeline, settings.bind("score", ScoringSettings.class), output);
            say(summary);
            say("scores: " + output);
            return summary.reconciles() ? DONE : FAILED;
        }
    }
}
