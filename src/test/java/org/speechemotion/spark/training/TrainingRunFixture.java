package org.speechemotion.spark.training;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.speechemotion.corpus.Csv;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.features.FeatureSettings;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.model.PretrainedWeights;
import org.speechemotion.spark.TestModel;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.TrainingSettings;
import org.speechemotion.train.Trainings;

/** Trains a model in a run folder before each test. */
abstract class TrainingRunFixture extends TrainingFixture {
    static final String[] ASSIGNMENTS = {
        "epochs=2",
        "batch-size=8",
        "learning-rate=0.003",
        "schedule=constant",
        "averaging-frequency=1",
        "workers=2",
        "keep=best",
        "loss.label-smoothing=0"
    };

    static final TrainingSettings TRAINING = Trainings.of(ASSIGNMENTS);

    final List<String> console = new ArrayList<>();

    RunFolder run;

    Dataset<Row> catalog;

    Evaluation evaluation;

    @BeforeEach
    void train() throws IOException {
        catalog = catalog(EmotionSet.EIGHT);
        run = new RunFolder(folder.resolve("runs"), "test", "one");
        evaluation = new TrainingRun(session, settings(), run, console::add)
                .run(catalog)
                .shown()
                .orElseThrow()
                .evaluation();
    }

    static RunSettings settings() {
        return settings(TRAINING, Map.of("training.batch-size", "8"), NEW_WEIGHTS);
    }

    static RunSettings settings(
            TrainingSettings training, Map<String, String> decided, PretrainedWeights.Settings pretrained) {
        return settings(
                frames(TestModel.ENCODER, FeatureSettings.onTheFly()),
                SPLIT,
                new RunSettings.Model(network(16, List.of(5, 5), List.of(2, 2)).withDropout(0.1), training, pretrained),
                decided);
    }

    List<Csv.Row> read(String name) throws IOException {
        try (Reader reader = Files.newBufferedReader(run.path().resolve(name))) {
            return Csv.parse(reader, name);
        }
    }
}
