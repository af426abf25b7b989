package org.speechemotion.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.model.TinyNetwork;

/** A folder of checkpoints. */
abstract class CheckpointsFixture {
    static final Map<String, String> DECIDED = Map.of("training.seed", "42", "the catalog's clips", "00ff");

    @TempDir
    Path parent;

    final List<String> console = new ArrayList<>();

    Path folder() {
        return parent.resolve("run/checkpoints");
    }

    Checkpoints checkpoints(int keep, Optional<SavedEpoch> resumed) throws IOException {
        return new Checkpoints(folder(), keep, 1, DECIDED, resumed);
    }

    Optional<SavedEpoch> last() throws IOException {
        return Checkpoints.last(folder(), 1, console::add);
    }

    /** Epochs up to the last, each better than before up to the best. */
    void save(int keep, int best, int last) throws IOException {
        Checkpoints checkpoints = checkpoints(keep, Optional.empty());
        for (int epoch = 1; epoch <= last; epoch++) {
            checkpoints.epochEnded(report(epoch, epoch <= best), TinyNetwork.graph(false, epoch));
        }
    }

    void damage(String checkpoint) throws IOException {
        Path zip = folder().resolve(checkpoint).resolve("network.zip");
        byte[] bytes = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(bytes, bytes.length / 2));
    }

    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static void step(ComputationGraph network) {
        FrameBatch batch = FrameBatch.of(List.of(TinyNetwork.clip(7, 1), TinyNetwork.clip(20, 2)), 2);
        INDArray labels = Nd4j.zeros(2, 8);
        labels.putScalar(0, 3, 1);
        labels.putScalar(1, 5, 1);
        network.fit(new MultiDataSet(
                new INDArray[] {batch.frames()}, new INDArray[] {labels}, new INDArray[] {batch.mask()}, null));
    }

    static EpochReport report(int epoch, boolean best) {
        ConfusionMatrix matrix = ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.HAPPY);
        return new EpochReportBuilder(epoch, 20_000)
                .training(0.1, 1 / 3.0, 2 / 3.0, matrix)
                .validation(1, matrix)
                .best(best)
                .build();
    }
}
