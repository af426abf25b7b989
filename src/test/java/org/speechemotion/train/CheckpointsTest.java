package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.model.TinyNetwork;

class CheckpointsTest extends CheckpointsFixture {
    @Test
    void keepsTheLatestAndTheBestCheckpoints() throws IOException {
        save(2, 2, 5);
        assertThat(names()).containsExactly("epoch-0002", "epoch-0004", "epoch-0005");
    }

    @Test
    void everyKeptCheckpointKeepsItsBestEpoch() throws IOException {
        Checkpoints checkpoints = checkpoints(2, Optional.empty());
        for (int epoch = 1; epoch <= 5; epoch++) {
            checkpoints.epochEnded(report(epoch, epoch == 1 || epoch == 5), TinyNetwork.graph(false, epoch));
        }
        assertThat(names()).containsExactly("epoch-0001", "epoch-0004", "epoch-0005");
        damage("epoch-0005");
        assertThat(last().orElseThrow().bestEpoch()).isEqualTo(1);
    }

    @Test
    void allAreDeletedTheDamagedOnesToo() throws IOException {
        save(2, 2, 5);
        damage("epoch-0004");
        Checkpoints.delete(folder());
        assertThat(names()).isEmpty();
    }

    @Test
    void checkpointsOfAMeanAreKeptTogether() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder(), 2, 3, DECIDED, Optional.empty());
        for (int epoch = 1; epoch <= 7; epoch++) {
            checkpoints.epochEnded(report(epoch, epoch <= 2), TinyNetwork.graph(false, epoch));
        }
        assertThat(names()).containsExactly("epoch-0002", "epoch-0004", "epoch-0005", "epoch-0006", "epoch-0007");
        assertThat(checkpoints.parameters(5))
                .isEqualTo(TinyNetwork.graph(false, 5).params());
        damage("epoch-0005");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> checkpoints.parameters(5))
                .withMessage(folder()
                        + ": an epoch of the mean, epoch-0005, is damaged: network.zip does not have the SHA-256 in"
                        + " epoch.json: the file was changed");
    }

    @Test
    void trainingGoesOnFromACheckpoint() throws IOException {
        ComputationGraph trained = TinyNetwork.graph(true, 1);
        step(trained);
        checkpoints(1, Optional.empty()).epochEnded(report(1, true), trained);
        ComputationGraph restored = TinyNetwork.graph(true, 2);
        last().orElseThrow().restore(restored);
        assertThat(restored.params()).isEqualTo(trained.params());
        INDArray state = trained.getUpdater().getStateViewArray();
        assertThat(state.amaxNumber().doubleValue()).isPositive();
        assertThat(restored.getUpdater().getStateViewArray()).isEqualTo(state);
        restored.getConfiguration().setIterationCount(1);
        step(trained);
        step(restored);
        assertThat(restored.params()).isEqualTo(trained.params());
    }

    @Test
    void theNetworkIsInDl4jsFormat() throws IOException {
        save(1, 1, 1);
        assertThat(ModelSerializer.restoreComputationGraph(
                                folder().resolve("epoch-0001/network.zip").toFile(), true)
                        .params())
                .isEqualTo(TinyNetwork.graph(false, 1).params());
    }

    @Test
    void knowsTheEpochTheBestAndTheHistory() throws IOException {
        save(1, 2, 3);
        SavedEpoch saved = last().orElseThrow();
        assertThat(saved.epoch()).isEqualTo(3);
        assertThat(saved.bestEpoch()).isEqualTo(2);
        assertThat(saved.history()).containsExactly(report(1, true), report(2, true), report(3, false));
        assertThat(Checkpoints.best(folder(), saved).epoch()).isEqualTo(2);
        Checkpoints goingOn = checkpoints(1, Optional.of(saved));
        goingOn.epochEnded(report(4, false), TinyNetwork.graph(false, 4));
        assertThat(last().orElseThrow().history()).hasSize(4);
        assertThat(last().orElseThrow().bestEpoch()).isEqualTo(2);
        assertThat(names()).containsExactly("epoch-0002", "epoch-0004");
        assertThat(console).isEmpty();
    }

    @Test
    void anEpochWithoutValidationSurvives() throws IOException {
        EpochReport report = new EpochReportBuilder(1, 9).best(true).build();
        checkpoints(1, Optional.empty()).epochEnded(report, TinyNetwork.graph(false, 1));
        assertThat(last().orElseThrow().history()).containsExactly(report);
    }

    @Test
    void withoutCheckpointsThereIsNone() throws IOException {
        assertThat(last()).isEmpty();
        Files.createDirectories(folder().resolve("epoch-1"));
        Files.createDirectories(folder().resolve("mine"));
        Files.writeString(folder().resolve("epoch-0001"), "a file");
        assertThat(last()).isEmpty();
        assertThat(console).isEmpty();
    }

    @Test
    void otherFilesAreLeftAlone() throws IOException {
        Files.createDirectories(folder().resolve("epoch-0099"));
        Files.writeString(folder().resolve("epoch-0099/epoch.json"), "mine");
        Files.writeString(folder().resolve("epoch-notes.txt"), "mine");
        save(1, 1, 3);
        assertThat(names()).containsExactly("epoch-0001", "epoch-0003", "epoch-0099", "epoch-notes.txt");
        assertThat(folder().resolve("epoch-0099/epoch.json")).hasContent("mine");
    }

    @Test
    void atLeastOneStays() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkpoints(0, Optional.empty()))
                .withMessage("keep-checkpoints is 0; allowed: at least 1");
        assertThat(folder()).doesNotExist();
    }
}
