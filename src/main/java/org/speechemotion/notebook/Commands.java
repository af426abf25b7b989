package org.speechemotion.notebook;

import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.Bindings;
import org.speechemotion.spark.bindings.RecognizerModel;
import org.speechemotion.spark.bindings.SpeakerFile;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.scoring.BatchScoring;
import org.speechemotion.spark.scoring.ScoringRun;
import org.speechemotion.spark.scoring.ScoringSettings;

/** Commands as functions that return tables. Their arguments are those of the commands: {@code key=value}. */
public final class Commands {
    private Commands() {}

    /**
     * Returns the catalog of corpora, as {@code emotion catalog} writes it. It is computed when it is read.
     *
     * @param assignments such as {@code corpora.ravdess.path=/data/ravdess}
     * @throws IOException if a corpus cannot be listed
     * @throws org.speechemotion.settings.SettingsException if a setting is wrong, or no corpus is given
     */
    public static Dataset<Row> catalog(SparkSession session, String... assignments) throws IOException {
        Settings settings = Settings.load(List.of(), List.of(assignments));
        return Catalog.of(
                session,
                Bindings.corpora(settings, session.sparkContext().hadoopConfiguration()),
                Bindings.emotions(settings),
                Bindings.audio(settings));
    }

    /**
     * Scores what has no row yet, as {@code emotion score} does, and returns the table of all scores.
     *
     * @param assignments {@code model=…}, {@code input=…}, {@code output=…} and others
     * @throws IOException if the input cannot be listed or the table cannot be written
     * @throws org.speechemotion.settings.SettingsException if a setting is wrong or missing
     */
    public static Dataset<Row> score(SparkSession session, String... assignments) throws IOException {
        Settings settings = Settings.load(List.of(), List.of(assignments));
        TrainedModel model = TrainedModel.open(settings);
        String output = Bindings.required(settings, "output");
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        new ScoringRun(
                        session,
                        model.bundle(),
                        model.pipeline(context),
                        settings.bind("score", RecordingSettings.class),
                        settings.bind("score", ScoringSettings.class),
                        settings.bind("score", TableSettings.class),
                        RecognizerModel.broadcast(settings, context, model.audio()),
                        SpeakerFile.read(settings, context.hadoopConfiguration()),
                        line -> {})
                .score(Bindings.required(settings, "input"), output);
        return BatchScoring.read(session, output);
    }
}
