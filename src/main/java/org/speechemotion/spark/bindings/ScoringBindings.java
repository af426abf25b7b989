package org.speechemotion.spark.bindings;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.scoring.ScoringOptions;
import org.speechemotion.spark.scoring.ScoringRun;
import org.speechemotion.spark.scoring.ScoringSettings;

/** Binds the settings of scoring in bulk. */
public final class ScoringBindings {
    private ScoringBindings() {}

    /**
     * Creates a run of a model.
     *
     * @param console the consumer of lines about the progress of the run
     * @throws IOException if the file of speakers cannot be read
     */
    public static ScoringRun run(SparkSession session, TrainedModel model, Settings settings, Consumer<String> console)
            throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        return new ScoringRun(
                session,
                model.bundle(),
                model.pipeline(context),
                new ScoringOptions(
                        settings.bind("score", RecordingSettings.class),
                        settings.bind("score", ScoringSettings.class),
                        settings.bind("score", TableSettings.class),
                        RecognizerModel.broadcast(settings, context, model.audio()),
                        SpeakerFile.read(settings, context.hadoopConfiguration())),
                console);
    }
}
