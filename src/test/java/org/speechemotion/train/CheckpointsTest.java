package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.model.TinyNetwork;

class CheckpointsTest {

    @TempDir
    private Path parent;

    @Test
    void theLatestStay() throws IOException {
        save(2, 1, 2, 3);
        assertThat(names()).containsExactly("epoch-0002.zip", "epoch-0003.zip");
    }

    @Test
    void theLatestIsTheOneWithTheHighestNumber() throws IOException {
        save(2, 9998, 9999, 10_000, 10_001);
        assertThat(names()).containsExactly("epoch-10000.zip", "epoch-10001.zip");
    }

    @Test
    void otherFilesAreLeftAlone() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("epoch-notes.txt"), "mine");
        save(1, 1, 2);
        assertThat(names()).containsExactly("epoch-0002.zip", "epoch-notes.txt");
    }

    @Test
    void trainingGoesOnFromACheckpoint() throws IOException {
        ComputationGraph trained = TinyNetwork.graph(true, 1);
        step(trained);
        new Checkpoints(folder(), 1).epochEnded(report(1), trained);
        ComputationGraph restored = ModelSerializer.restoreComputationGraph(
                folder().resolve("epoch-0001.zip").toFile(), true);
        assertThat(restored.params()).isEqualTo(trained.params());
        INDArray state = trained.getUpdater().getStateViewArray();
        assertThat(state.amaxNumber().doubleValue()).isPositive();
        assertThat(restored.getUpdater().getStateViewArray()).isEqualTo(state);
        step(trained);
        step(restored);
        assertThat(restored.params()).isEqualTo(trained.params());
    }

    @Test
    void whatCouldNotBeWrittenLeavesNothing() throws IOException {
        Path inTheWay = folder().resolve("epoch-0001.zip");
        Files.createDirectories(inTheWay.resolve("not-empty"));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> save(1, 1))
                .withMessage("checkpoint " + inTheWay + " could not be written");
        assertThat(names()).containsExactly("epoch-0001.zip");
        assertThat(inTheWay).isDirectory();
    }

    @Test
    void atLeastOneStays() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Checkpoints(folder(), 0))
                .withMessage("keep-checkpoints is 0: allowed is 1 or more");
        assertThat(folder()).doesNotExist();
    }

    private Path folder() {
        return parent.resolve("run/checkpoints");
    }

    private void save(int keep, int... epochs) throws IOException {
        ComputationGraph network = TinyNetwork.graph(false, 1);
        Checkpoints checkpoints = new Checkpoints(folder(), keep);
        for (int epoch : epochs) {
            checkpoints.epochEnded(report(epoch), network);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void step(ComputationGraph network) {
        FrameBatch batch = FrameBatch.of(List.of(TinyNetwork.clip(7, 1), TinyNetwork.clip(20, 2)), 2);
        INDArray labels = Nd4j.zeros(2, 8);
        labels.putScalar(0, 3, 1);
        labels.putScalar(1, 5, 1);
        network.fit(new MultiDataSet(
                new INDArray[] {batch.frames()}, new INDArray[] {labels}, new INDArray[] {batch.mask()}, null));
    }

    private static EpochReport report(int epoch) {
        return new EpochReport(epoch, 20_000, 0.1, 1, ConfusionMatrix.empty(), 1, ConfusionMatrix.empty(), false, 1, 1);
    }
}
