package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Csv;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.features.FeatureSettings;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.model.PretrainedWeights;
import org.speechemotion.report.RunResult;
import org.speechemotion.report.SideResult;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.split.Side;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.TrainingSettings;
import org.speechemotion.train.Trainings;

/** Tests a whole run and the files in its folder. */
class TrainingRunIT extends TrainingFixture {
    private static final String[] ASSIGNMENTS = {
        "epochs=2",
        "batch-size=8",
        "learning-rate=0.003",
        "schedule=constant",
        "averaging-frequency=1",
        "workers=2",
        "keep=best",
        "loss.label-smoothing=0"
    };
    private static final TrainingSettings TRAINING = Trainings.of(ASSIGNMENTS);

    private final List<String> console = new ArrayList<>();
    private RunFolder run;
    private Dataset<Row> catalog;
    private Evaluation evaluation;

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

    private static RunSettings settings() {
        return settings(TRAINING, Map.of("training.batch-size", "8"), NEW_WEIGHTS);
    }

    private static RunSettings settings(
            TrainingSettings training, Map<String, String> decided, PretrainedWeights.Settings pretrained) {
        return settings(
                frames(TestModel.ENCODER, FeatureSettings.onTheFly()),
                SPLIT,
                new RunSettings.Model(network(16, List.of(5, 5), List.of(2, 2)).withDropout(0.1), training, pretrained),
                decided);
    }

    @Test
    void theModelIsCalibratedAndEvaluatesToTheRunsOwnFigures() throws IOException {
        ModelBundle bundle = ModelBundle.read(run.model());
        JsonNode metrics =
                new ObjectMapper().readTree(run.path().resolve("metrics.json").toFile());
        double temperature = bundle.manifest().temperature();
        assertThat(temperature).isNotEqualTo(1).isBetween(0.2, 10.0);
        for (String side : List.of("validation", "test")) {
            JsonNode calibration = metrics.get(side).get("calibration");
            assertThat(calibration.get("temperature").asDouble()).isEqualTo(temperature);
            assertThat(metrics.get(side).get("n").asInt()).isEqualTo(8);
        }
        JsonNode fitted = metrics.get("validation").get("calibration");
        assertThat(fitted.get("after").get("nll").asDouble())
                .isLessThan(fitted.get("before").get("nll").asDouble());

        SideResult again = ModelEvaluation.of(
                JavaSparkContext.fromSparkContext(session.sparkContext()),
                bundle,
                CatalogClips.of(catalog),
                Side.TEST,
                new OnTheFlyFrames(TestModel.pipeline(hadoop()), 16),
                TRAINING.batchSize());
        assertThat(again.evaluation().scores()).isEqualTo(evaluation.scores());
        assertThat(again.calibrated().brier())
                .isCloseTo(metrics.at("/test/calibration/after/brier").asDouble(), within(1e-9));
    }

    @Test
    void keepsEveryPredictionAndCopiesTheWorstErrors() throws IOException {
        List<Csv.Row> predictions = read("predictions.csv");
        assertThat(predictions).hasSize(1 + 16);
        List<Csv.Row> errors = read("misclassified/index.csv");
        long wrong = predictions.stream()
                .filter(row -> row.fields().get(12).equals("test"))
                .filter(row -> !row.fields().get(2).equals(row.fields().get(3)))
                .count();
        assertThat(errors).hasSize(1 + (int) Math.min(5, wrong)).hasSizeGreaterThan(1);
        for (Csv.Row error : errors.subList(1, errors.size())) {
            Path original = Path.of(URI.create(error.fields().get(1)));
            assertThat(run.misclassified().resolve(error.fields().get(0))).hasSameBinaryContentAs(original);
        }
    }

    @Test
    void writesItsProvenanceAndPage() throws IOException {
        JsonNode provenance = new ObjectMapper()
                .readTree(run.path().resolve("provenance.json").toFile());
        assertThat(provenance.get("git_commit").asText()).isEqualTo("0123abcd");
        assertThat(provenance.get("seed").asInt()).isEqualTo(42);
        assertThat(provenance.get("trained_classes").asInt()).isEqualTo(8);
        assertThat(provenance.get("catalog_sha256").asText()).hasSize(64);
        assertThat(provenance.get("encoder_fingerprint").asText())
                .isEqualTo(ModelBundle.read(run.model()).manifest().encoderFingerprint());
        assertThat(provenance.at("/versions/spark").asText()).isEqualTo(session.version());
        assertThat(provenance.at("/versions/dl4j").asText()).isEqualTo("1.0.0-M2.1");
        assertThat(provenance.at("/versions/nd4j").asText()).isEqualTo("1.0.0-M2.1");
        assertThat(provenance.at("/topology/workers").asInt()).isEqualTo(2);
        assertThat(provenance.at("/topology/executors")).hasSize(1);
        assertThat(provenance.at("/settings/training/epochs").asInt()).isEqualTo(2);
        assertThat(provenance.at("/clips/ravdess/train").asInt()).isEqualTo(16);

        assertThat(read("history.csv")).hasSize(1 + TRAINING.epochs());
        assertThat(read("../../index.csv")).hasSize(2);
        assertThat(read("../../index.csv").get(1).fields()).startsWith("test", "one");
        assertThat(run.path().resolve("report.html"))
                .content()
                .contains("test / one", "data:audio/wav;base64,", "id=\"reliability\"");
        assertThat(run.confusionAnimation()).isNotEmptyFile();
    }

    @Test
    void resumingAFinishedRunChangesNothing() throws IOException {
        String metrics = Files.readString(run.path().resolve("metrics.json"));
        String history = Files.readString(run.history());
        String model = ModelBundle.read(run.model()).manifest().modelId();
        // As a catalog of an earlier build is.
        resume(settings(), catalog.drop(Catalog.shares(EmotionSet.EIGHT).toArray(String[]::new)));
        assertThat(console).contains("resumed after epoch 2; the best epoch so far is " + best(metrics));
        assertThat(run.path().resolve("metrics.json")).hasContent(metrics);
        assertThat(run.history()).hasContent(history);
        assertThat(read("../../index.csv")).hasSize(2);
        assertThat(ModelBundle.read(run.model()).manifest().modelId()).isEqualTo(model);
    }

    @Test
    void runningTrainingsAreNotResumed() throws IOException {
        run.withLock(() -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> resume(settings(), catalog))
                    .withMessageContaining("is being trained by another process");
            return console;
        });
    }

    @Test
    void resumingWithAnotherSettingOrCatalogIsRefusedAndChangesNothing() throws IOException {
        byte[] before = Files.readAllBytes(run.catalog());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resume(settings(TRAINING, Map.of("training.batch-size", "4"), NEW_WEIGHTS), catalog))
                .withMessage("run.resume: training.batch-size was 8 when the run began, and is now 4; resume with the"
                        + " same value, or start a run with another run.label");
        Dataset<Row> smaller = catalog.filter("path not like '%03-01-05%'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resume(settings(), smaller))
                .withMessageMatching("run.resume: the catalog's clips was [0-9a-f]{64} when the run began, and is now"
                        + " [0-9a-f]{64}; resume with the same value, or start a run with another run.label");
        assertThat(run.catalog()).hasBinaryContent(before);
    }

    @Test
    void runsMayBeginFromAnotherModel() throws IOException {
        RunFolder second = new RunFolder(folder.resolve("runs"), "test", "two");
        RunSettings settings = settings(
                TRAINING,
                Map.of(),
                new PretrainedWeights.Settings(Optional.of(run.model().toString()), PretrainedWeights.Part.WHOLE));
        new TrainingRun(session, settings, second, console::add).run(catalog);
        assertThat(console)
                .contains("pretrained: hidden_W [32, 16]: loaded")
                .noneMatch(line -> line.startsWith("pretrained: the model"));
        assertThat(Files.readAllLines(second.path().resolve("run.log"))).contains("pretrained: emotion_b [8]: loaded");
    }

    @Test
    void allFiguresDescribeTheMeanOfTheEpochs() throws IOException {
        RunSettings settings = settings(
                Trainings.of(
                        "epochs=3",
                        "batch-size=8",
                        "workers=2",
                        "keep=mean-of-last",
                        "keep-mean-epochs=2",
                        "refit.epochs-share=0"),
                Map.of(),
                NEW_WEIGHTS);
        RunFolder mean = new RunFolder(folder.resolve("runs"), "test", "mean");
        RunResult result = new TrainingRun(session, settings, mean, console::add).run(catalog);

        assertThat(console).anyMatch(line -> line.startsWith("kept the mean of epochs 2 to 3 of 3; "));
        ModelBundle model = ModelBundle.read(mean.model());
        JsonNode provenance = new ObjectMapper()
                .readTree(mean.path().resolve("provenance.json").toFile());
        assertThat(provenance.get("kept_epochs").toString()).isEqualTo("[2,3]");
        assertThat(model.manifest().metrics())
                .containsEntry("kept_epochs", List.of(2, 3))
                .containsEntry("trained_classes", 8);
        for (Side side : List.of(Side.VALIDATION, Side.TEST)) {
            SideResult again = ModelEvaluation.of(
                    JavaSparkContext.fromSparkContext(session.sparkContext()),
                    model,
                    CatalogClips.of(catalog),
                    side,
                    new OnTheFlyFrames(TestModel.pipeline(hadoop()), 16),
                    TRAINING.batchSize());
            assertThat(again.calibrated().brier())
                    .isCloseTo(result.side(side.id()).orElseThrow().calibrated().brier(), within(1e-9));
        }

        RunFolder again = new RunFolder(folder.resolve("runs"), "test", "mean", true);
        new TrainingRun(session, settings, again, console::add).run(catalog);
        assertThat(ModelBundle.read(mean.model()).manifest().modelId())
                .isEqualTo(model.manifest().modelId());
    }

    @Test
    void speakersOfTheValidationSideTrainAfterTheyHaveCalibratedTheModel() throws IOException {
        RunFolder without = new RunFolder(folder.resolve("runs"), "test", "without");
        RunSettings settings =
                settings(Trainings.of(Trainings.and(ASSIGNMENTS, "refit.epochs-share=0")), Map.of(), NEW_WEIGHTS);
        new TrainingRun(session, settings, without, console::add).run(catalog);

        assertThat(read("history.csv")).hasSize(1 + TRAINING.epochs());
        ModelBundle refitted = ModelBundle.read(run.model());
        ModelBundle trained = ModelBundle.read(without.model());
        assertThat(refitted.manifest().calibrator())
                .isEqualTo(trained.manifest().calibrator());
        assertThat(validationPredictions(run))
                .isEqualTo(validationPredictions(without))
                .hasSize(8);
        assertThat(refitted.open()
                        .graph()
                        .params()
                        .distance2(trained.open().graph().params()))
                .isGreaterThan(0.01);
    }

    private static List<String> validationPredictions(RunFolder run) throws IOException {
        return Files.readAllLines(run.path().resolve("predictions.csv")).stream()
                .filter(line -> line.contains(",validation"))
                .toList();
    }

    private void resume(RunSettings settings, Dataset<Row> table) throws IOException {
        console.clear();
        RunFolder again = new RunFolder(folder.resolve("runs"), "test", "one", true);
        new TrainingRun(session, settings, again, console::add).run(table);
    }

    private static int best(String metrics) throws IOException {
        return new ObjectMapper().readTree(metrics).get("best_epoch").asInt();
    }

    private List<Csv.Row> read(String name) throws IOException {
        try (Reader reader = Files.newBufferedReader(run.path().resolve(name))) {
            return Csv.parse(reader, name);
        }
    }
}
