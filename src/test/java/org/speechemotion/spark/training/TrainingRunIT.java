package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Csv;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.model.PretrainedWeights;
import org.speechemotion.report.RunResult;
import org.speechemotion.report.SideResult;
import org.speechemotion.scoring.SpeedViews;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.split.Side;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.Trainer;
import org.speechemotion.train.Trainings;

/** Tests a whole run and the files in its folder. */
class TrainingRunIT extends TrainingRunFixture {
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

        SideResult again = evaluate(bundle, new OnTheFlyFrames(TestModel.pipeline(hadoop()), 16));
        assertThat(again.evaluation().scores()).isEqualTo(evaluation.scores());
        assertThat(again.calibrated().brier())
                .isCloseTo(metrics.at("/test/calibration/after/brier").asDouble(), within(1e-9));

        FrameSource views = new OnTheFlyFrames(TestModel.pipeline(hadoop()), 16, new SpeedViews(3));
        SideResult slower = evaluate(bundle, views.views().get(0));
        SideResult faster = evaluate(bundle, views.views().get(2));
        List<Trainer.Prediction> together = evaluate(bundle, views).predictions();
        for (int clip = 0; clip < together.size(); clip++) {
            Probabilities expected = Probabilities.mean(List.of(
                    slower.predictions().get(clip).probabilities(),
                    again.predictions().get(clip).probabilities(),
                    faster.predictions().get(clip).probabilities()));
            assertThat(together.get(clip).probabilities().values())
                    .containsExactly(expected.values(), within(1e-5f))
                    .isNotEqualTo(again.predictions().get(clip).probabilities().values());
        }
    }

    private SideResult evaluate(ModelBundle bundle, FrameSource frames) {
        return ModelEvaluation.of(
                JavaSparkContext.fromSparkContext(session.sparkContext()),
                bundle,
                CatalogClips.of(catalog),
                Side.TEST,
                frames,
                TRAINING.batchSize());
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
    void runsMayBeginFromAnotherModel() throws IOException {
        RunFolder second = new RunFolder(folder.resolve("runs"), "test", "two");
        RunSettings settings = settings(
                TRAINING,
                Map.of(),
                new PretrainedWeights.Settings(Optional.of(run.model().toString()), PretrainedWeights.Part.WHOLE));
        new TrainingRun(session, settings, second, console::add).run(catalog);
        assertThat(console)
                .contains("pretrained: head_branch-0-hidden-weight [32, 16]: loaded")
                .noneMatch(line -> line.startsWith("pretrained: the model"));
        assertThat(Files.readAllLines(second.path().resolve("run.log")))
                .contains("pretrained: head_branch-0-logits-bias [1, 8]: loaded");
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
                        "refit=never"),
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
    void anAdversaryTrainsAndIsNotInTheModel() throws IOException {
        RunSettings settings = settings(
                Trainings.of(Trainings.and(
                        ASSIGNMENTS, "adversary.target=speaker", "keep=mean-of-last", "keep-mean-epochs=2")),
                Map.of(),
                new PretrainedWeights.Settings(Optional.empty(), PretrainedWeights.Part.WHOLE));
        RunFolder against = new RunFolder(folder.resolve("runs"), "test", "against");
        new TrainingRun(session, settings, against, console::add).run(catalog);

        assertThat(console).contains("the network trains against a classifier of the 2 training speakers");
        ModelBundle model = ModelBundle.read(against.model());
        assertThat(model.open().graph().paramTable().keySet())
                .isEqualTo(ModelBundle.read(run.model())
                        .open()
                        .graph()
                        .paramTable()
                        .keySet());
        RunFolder again = new RunFolder(folder.resolve("runs"), "test", "against", true);
        new TrainingRun(session, settings, again, console::add).run(catalog);
        assertThat(console).anyMatch(line -> line.startsWith("resumed after epoch 2; "));
        assertThat(ModelBundle.read(against.model()).manifest().modelId())
                .isEqualTo(model.manifest().modelId());

        RunSettings corpora = settings(
                Trainings.of("adversary.target=corpus"),
                Map.of(),
                new PretrainedWeights.Settings(Optional.empty(), PretrainedWeights.Part.WHOLE));
        RunFolder one = new RunFolder(folder.resolve("runs"), "test", "corpus");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingRun(session, corpora, one, console::add).run(catalog))
                .withMessageStartingWith("training.adversary.target is corpus, but the training clips are of one corpus"
                        + " only, [ravdess]");
    }

    @Test
    void speakersOfTheValidationSideTrainAfterTheyHaveCalibratedTheModel() throws IOException {
        RunFolder without = new RunFolder(folder.resolve("runs"), "test", "without");
        RunSettings settings = settings(Trainings.of(Trainings.and(ASSIGNMENTS, "refit=never")), Map.of(), NEW_WEIGHTS);
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
}
