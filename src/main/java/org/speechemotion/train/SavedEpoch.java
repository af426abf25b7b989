package org.speechemotion.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.Sha256;
import org.speechemotion.common.StrictJson;
import org.speechemotion.model.NetworkFile;

/**
 * A training as it was after an epoch: a folder with the network and its updater's state in DL4J's format, {@value
 * #NETWORK}, and {@value #PROGRESS}. Nothing else is needed to go on: every draw is keyed, and where a schedule stands
 * follows from the epoch.
 */
public final class SavedEpoch {
    static final String NETWORK = "network.zip";
    static final String PROGRESS = "epoch.json";

    private static final int FORMAT_VERSION = 1;
    /** Of ten thousand epochs, and more. */
    private static final long MAX_PROGRESS_BYTES = 1 << 24;

    private static final ObjectMapper JSON = StrictJson.mapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * What {@value #PROGRESS} says.
     *
     * @param networkSha256 of {@value #NETWORK}
     * @param decided what must be the same for the training to go on: key → value
     * @param history of all epochs that had ended
     */
    private record Progress(
            int formatVersion, String networkSha256, Map<String, String> decided, List<EpochReport> history) {}

    private final Path folder;
    private final Progress progress;

    private SavedEpoch(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** Writes the files of an epoch into an empty folder and waits until their content is on the disk. */
    static void write(Path folder, ComputationGraph network, Map<String, String> decided, List<EpochReport> history)
            throws IOException {
        Path zip = folder.resolve(NETWORK);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(zip))) {
            NetworkFile.write(network, true, out);
        }
        Progress progress = new Progress(FORMAT_VERSION, Sha256.of(zip), new TreeMap<>(decided), history);
        Files.write(folder.resolve(PROGRESS), JSON.writeValueAsBytes(progress));
        AtomicFiles.sync(zip);
        AtomicFiles.sync(folder.resolve(PROGRESS));
    }

    /**
     * Reads what {@link #write} wrote, but for the network.
     *
     * @throws IOException where the folder is not the whole of that; the message says in one line why
     */
    static SavedEpoch read(Path folder) throws IOException {
        Path file = folder.resolve(PROGRESS);
        if (!Files.isRegularFile(file)) {
            throw new IOException("it has no " + PROGRESS);
        }
        if (Files.size(file) > MAX_PROGRESS_BYTES) {
            throw new IOException(
                    PROGRESS + " has " + Files.size(file) + " bytes; allowed: at most " + MAX_PROGRESS_BYTES);
        }
        Progress progress;
        try {
            progress = JSON.readValue(Files.readAllBytes(file), Progress.class);
        } catch (IOException e) {
            throw new IOException(
                    PROGRESS + " cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
        if (progress == null || progress.formatVersion != FORMAT_VERSION) {
            throw new IOException(PROGRESS + " has format version "
                    + (progress == null ? "null" : progress.formatVersion) + "; this version reads " + FORMAT_VERSION);
        }
        if (progress.decided == null || !isWhole(progress.history)) {
            throw new IOException(
                    PROGRESS + " lacks settings, or its history is not of the epochs 1, 2, … with a best");
        }
        return new SavedEpoch(folder, progress);
    }

    private static boolean isWhole(List<EpochReport> history) {
        return history != null
                && history.stream().noneMatch(Objects::isNull)
                && IntStream.range(0, history.size())
                        .allMatch(i -> history.get(i).epoch() == i + 1)
                && history.stream().anyMatch(EpochReport::best);
    }

    /**
     * Checks that the network is the one that was written.
     *
     * @throws IOException where it is not; the message says in one line why
     */
    void requireWhole() throws IOException {
        Path zip = folder.resolve(NETWORK);
        if (!Files.isRegularFile(zip)) {
            throw new IOException("it has no " + NETWORK);
        }
        if (!Sha256.of(zip).equals(progress.networkSha256)) {
            throw new IOException(NETWORK + " is not what " + PROGRESS + " says: the file was changed");
        }
    }

    /** Deletes the files of an epoch, whole or not, and then the folder, if that is empty then. */
    static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            Files.deleteIfExists(folder.resolve(PROGRESS));
            Files.deleteIfExists(folder.resolve(NETWORK));
            Files.delete(folder);
        }
    }

    /** Counted from 1. */
    public int epoch() {
        return progress.history.size();
    }

    /** The best so far, counted from 1. */
    public int bestEpoch() {
        return progress.history.stream()
                .filter(EpochReport::best)
                .mapToInt(EpochReport::epoch)
                .max()
                .orElseThrow();
    }

    /** What the epochs so far brought, in order. */
    public List<EpochReport> history() {
        return List.copyOf(progress.history);
    }

    /**
     * Checks that a training that goes on from here would be the one that began.
     *
     * @param what a setting's key, or whatever else must be the same
     * @throws IllegalArgumentException where it was another; the message has both values
     */
    public void requireSame(String what, String now) {
        String before = progress.decided.get(what);
        if (!now.equals(before)) {
            throw new IllegalArgumentException("run.resume: " + what + " was "
                    + (before == null ? "not there" : before) + " when the run began, and now is " + now
                    + ": resume with the same, or begin another run.label");
        }
    }

    /** The saved parameters, as a network of the same shape has them in a row. */
    INDArray parameters() throws IOException {
        return network(false).params();
    }

    private ComputationGraph network(boolean withUpdater) throws IOException {
        Path file = folder.resolve(NETWORK);
        try {
            return NetworkFile.read(file, withUpdater).network();
        } catch (IOException e) {
            throw new IOException("checkpoint " + file + " is not a network: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the saved parameters and the updater's state into a network.
     *
     * @throws IllegalArgumentException where the network is of another shape
     */
    public void restore(ComputationGraph network) throws IOException {
        ComputationGraph saved = network(true);
        if (saved.numParams() != network.numParams()) {
            throw new IllegalArgumentException("run.resume: the checkpoint " + folder + " has " + saved.numParams()
                    + " parameters, but the network now has " + network.numParams());
        }
        network.setParams(saved.params());
        INDArray state = saved.getUpdater().getStateViewArray();
        if (state != null) {
            network.getUpdater().setStateViewArray(state);
        }
    }
}
