package org.speechemotion.notebook;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.CorpusBindings;
import org.speechemotion.spark.bindings.ScoringBindings;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.scoring.BatchScoring;
import org.speechemotion.spark.scoring.ScoringRun;

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
                CorpusBindings.corpora(settings, session.sparkContext().hadoopConfiguration()),
                CorpusBindings.emotions(settings),
                settings.bind("audio", AudioSettings.class));
    }

    /**
     * Scores the inputs that have no row yet, as {@code emotion score} does, and returns the table of all scores.
     *
     * @param assignments {@code model=…}, {@code input=…}, {@code output=…} and others
     * @throws IOException if the input cannot be listed or the table cannot be written
     * @throws org.speechemotion.settings.SettingsException if a setting is wrong or missing
     */
    public static Dataset<Row> score(SparkSession session, String... assignments) throws IOException {
        Settings settings = Settings.load(List.of(), List.of(assignments));
        TrainedModel model = TrainedModel.open(settings);
        String output = settings.required("output");
        try (ScoringRun run = ScoringBindings.run(session, model, settings, line -> {})) {
            run.score(settings.required("input"), output);
        }
        return BatchScoring.read(session, output);
    }
}
