package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.train.Checkpoints;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.SavedEpoch;
import org.speechemotion.train.TrainingSettings;
import org.speechemotion.train.Trainings;

/** Tests how a finished run is resumed. */
class ResumedRunIT extends TrainingRunFixture {
    @Test
    void resumingAFinishedRunChangesNothing() throws IOException {
        String metrics = Files.readString(run.path().resolve("metrics.json"));
        String history = Files.readString(run.history());
        String model = ModelBundle.read(run.model()).manifest().modelId();
        // The catalog of an earlier build has no votes.
        resume(settings(), catalog.drop(Catalog.shares(EmotionSet.EIGHT).toArray(String[]::new)));
        assertThat(console)
                .contains("resumed after epoch 2; the best epoch so far is " + best(metrics))
                .noneMatch(line -> line.startsWith("epoch "));
        assertThat(run.path().resolve("metrics.json")).hasContent(metrics);
        assertThat(run.history()).hasContent(history);
        assertThat(read("../../index.csv")).hasSize(2);
        assertThat(ModelBundle.read(run.model()).manifest().modelId()).isEqualTo(model);
    }

    @Test
    void epochsAfterTheCalibrationContinueToTheSameModel() throws IOException {
        String model = ModelBundle.read(run.model()).manifest().modelId();
        Path checkpoints = run.refitCheckpoints();
        SavedEpoch last = Checkpoints.last(checkpoints, 1, console::add).orElseThrow();
        damage(last.epoch());
        resume(settings(), catalog);
        assertThat(console)
                .anyMatch(
                        line -> line.startsWith("checkpoint " + checkpoints) && line.contains("is damaged and ignored"))
                .filteredOn(line -> line.startsWith("epoch "))
                .singleElement()
                .asString()
                .startsWith("epoch " + last.epoch() + "/" + last.epoch());
        assertThat(ModelBundle.read(run.model()).manifest().modelId()).isEqualTo(model);
    }

    @Test
    void damagedEpochsAfterTheCalibrationAreTrainedAgain() throws IOException {
        String model = ModelBundle.read(run.model()).manifest().modelId();
        int last = Checkpoints.last(run.refitCheckpoints(), 1, console::add)
                .orElseThrow()
                .epoch();
        for (int epoch = Math.max(1, last - 1); epoch <= last; epoch++) {
            damage(epoch);
        }
        resume(settings(), catalog);
        assertThat(console).filteredOn(line -> line.startsWith("epoch ")).hasSize(last);
        assertThat(ModelBundle.read(run.model()).manifest().modelId()).isEqualTo(model);
    }

    @Test
    void anotherNumberOfEpochsAfterTheCalibrationStartsThemAnew() throws IOException {
        // With more epochs the calibration may keep another one.
        TrainingSettings longer = Trainings.of(Trainings.and(ASSIGNMENTS, "epochs=5", "keep=last"));
        resume(settings(longer, Map.of("training.batch-size", "8"), NEW_WEIGHTS), catalog);
        assertThat(console)
                .filteredOn(line -> line.startsWith("epoch ") && !line.contains("validation"))
                .hasSize(5);
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

    private void damage(int epoch) throws IOException {
        Path checkpoint = run.refitCheckpoints().resolve(String.format("epoch-%04d", epoch));
        Files.write(checkpoint.resolve("network.zip"), new byte[1]);
    }

    private void resume(RunSettings settings, Dataset<Row> table) throws IOException {
        console.clear();
        RunFolder again = new RunFolder(folder.resolve("runs"), "test", "one", true);
        new TrainingRun(session, settings, again, console::add).run(table);
    }

    private static int best(String metrics) throws IOException {
        return new ObjectMapper().readTree(metrics).get("best_epoch").asInt();
    }
}
