package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.common.Sha256;
import org.speechemotion.model.TinyNetwork;

/** Tests checkpoints that are damaged, or belong to another run. */
class DamagedCheckpointsTest extends CheckpointsFixture {
    @Test
    void aCheckpointThatIsAveragedWithADamagedOneIsIgnored() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder(), 2, 2, DECIDED, Optional.empty());
        for (int epoch = 1; epoch <= 5; epoch++) {
            checkpoints.epochEnded(report(epoch, epoch == 1), TinyNetwork.graph(false, epoch));
        }
        damage("epoch-0005");
        assertThat(Checkpoints.last(folder(), 2, console::add).orElseThrow().epoch())
                .isEqualTo(4);
        damage("epoch-0003");
        console.clear();
        assertThat(Checkpoints.last(folder(), 2, console::add).orElseThrow().epoch())
                .isEqualTo(1);
        assertThat(console.get(1))
                .endsWith(
                        "epoch-0004 is damaged and ignored: an epoch that it is averaged with, epoch-0003, is damaged:"
                                + " network.zip does not have the SHA-256 in epoch.json: the file was changed");
    }

    /** The folder is in the state after a process was killed while it wrote or deleted. */
    @Test
    void partialCheckpointsAreDeleted() throws IOException {
        save(2, 1, 1);
        Path half = Files.createDirectories(folder().resolve(".epoch-0002"));
        Files.write(half.resolve("network.zip"), new byte[] {'P', 'K', 3});
        Files.createDirectories(folder().resolve(".epoch-0000"));
        assertThat(last().orElseThrow().epoch()).isEqualTo(1);
        assertThat(console).isEmpty();
        Checkpoints goingOn = checkpoints(2, last());
        assertThat(names()).containsExactly("epoch-0001");
        goingOn.epochEnded(report(2, false), TinyNetwork.graph(false, 2));
        assertThat(names()).containsExactly("epoch-0001", "epoch-0002");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epoch.json | - | it has no epoch.json",
                "epoch.json | '' | epoch.json cannot be read: No content to map due to end-of-input",
                "epoch.json | null | epoch.json has format version null; this version reads 3",
                "epoch.json | '{\"formatVersion\": 2}' | epoch.json has format version 2; this version reads 3",
                "epoch.json | '{\"formatVersion\": 3}' | epoch.json lacks settings, or its history does not have the"
                        + " epochs 1, 2, … with a best one",
                "network.zip | - | it has no network.zip",
                "network.zip | PK | network.zip does not have the SHA-256 in epoch.json: the file was changed"
            })
    void aDamagedCheckpointIsIgnored(String file, String content, String reason) throws IOException {
        save(2, 1, 2);
        if (content.equals("-")) {
            Files.delete(folder().resolve("epoch-0002").resolve(file));
        } else {
            Files.writeString(folder().resolve("epoch-0002").resolve(file), content);
        }
        SavedEpoch saved = last().orElseThrow();
        assertThat(saved.epoch()).isEqualTo(1);
        assertThat(console)
                .containsExactly("checkpoint " + folder().resolve("epoch-0002") + " is damaged and ignored: " + reason);
        checkpoints(2, Optional.of(saved)).epochEnded(report(2, false), TinyNetwork.graph(false, 2));
        console.clear();
        assertThat(last().orElseThrow().epoch()).isEqualTo(2);
        assertThat(console).isEmpty();
    }

    /** An attacker can compute the checksum anew, so the network is read within the bounds of a model bundle. */
    @ParameterizedTest
    @CsvSource({"preprocessor.bin, 1000", "configuration.json, 67108864", "coefficients.bin, 67108864"})
    void hostileCheckpointsAreNotRestored(String entry, int bytes) throws IOException {
        save(2, 2, 2);
        Path checkpoint = folder().resolve("epoch-0002");
        Path network = checkpoint.resolve("network.zip");
        String before = Sha256.of(network);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(network))) {
            for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
                entries.put(next.getName(), zip.readAllBytes());
            }
        }
        entries.put(entry, new byte[bytes]);
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(network)))) {
            for (Map.Entry<String, byte[]> one : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue());
            }
        }
        Path progress = checkpoint.resolve("epoch.json");
        Files.writeString(progress, Files.readString(progress).replace(before, Sha256.of(network)));

        ComputationGraph graph = TinyNetwork.graph(true, 7);
        INDArray parameters = graph.params().dup();
        SavedEpoch saved = last().orElseThrow();
        assertThat(saved.epoch()).isEqualTo(2);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> saved.restore(graph))
                .withMessageStartingWith("checkpoint " + network + " is not a network: ")
                .withMessageContaining(entry)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
        assertThat(graph.params()).isEqualTo(parameters);
    }

    @Test
    void aCheckpointWhoseBestEpochIsDamagedIsIgnored() throws IOException {
        Checkpoints checkpoints = checkpoints(3, Optional.empty());
        checkpoints.epochEnded(report(1, true), TinyNetwork.graph(false, 1));
        checkpoints.epochEnded(report(2, true), TinyNetwork.graph(false, 2));
        checkpoints.epochEnded(report(3, false), TinyNetwork.graph(false, 3));
        damage("epoch-0002");
        assertThat(last().orElseThrow().epoch()).isEqualTo(1);
        assertThat(console)
                .first()
                .asString()
                .endsWith("epoch-0003 is damaged and ignored: the best epoch before it, epoch-0002, is damaged:"
                        + " network.zip does not have the SHA-256 in epoch.json: the file was changed");
    }

    @Test
    void aCheckpointUnderAnotherNameIsIgnored() throws IOException {
        save(2, 1, 1);
        Files.move(folder().resolve("epoch-0001"), folder().resolve("epoch-0007"));
        assertThatIllegalArgumentException()
                .isThrownBy(this::last)
                .withMessage("run.resume: all checkpoints in " + folder()
                        + " are damaged: 1; start a run with another run.label");
        assertThat(console).first().asString().endsWith("epoch-0007 is damaged and ignored: it belongs to epoch 1");
    }

    @Test
    void anotherSettingIsRefusedByNameWithBothValues() throws IOException {
        save(1, 1, 1);
        SavedEpoch saved = last().orElseThrow();
        assertThatCode(() -> DECIDED.forEach(saved::requireSame)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> saved.requireSame("training.seed", "43"))
                .withMessage("run.resume: training.seed was 42 when the run began, and is now 43; resume with the same"
                        + " value, or start a run with another run.label");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> saved.requireSame("training.new", "1"))
                .withMessageStartingWith("run.resume: training.new was absent when the run began, and is now 1");
    }

    @Test
    void anotherNetworkIsRefused() throws IOException {
        checkpoints(1, Optional.empty()).epochEnded(report(1, true), TinyNetwork.graph(true, 1));
        ComputationGraph other = TinyNetwork.graph(false, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> last().orElseThrow().restore(other))
                .withMessageContaining("parameters, but the network now has " + other.numParams());
    }

    @Test
    void failedWritesLeaveNoFiles() throws IOException {
        Path inTheWay = folder().resolve("epoch-0001");
        Files.createDirectories(inTheWay.resolve("not-empty"));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> save(1, 1, 1))
                .withMessage("checkpoint " + inTheWay + " could not be written");
        assertThat(names()).containsExactly("epoch-0001");
        assertThat(inTheWay.resolve("not-empty")).isDirectory();
    }
}
