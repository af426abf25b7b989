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
 * A checkpoint of a training after an epoch: a folder with the network and its updater's state in DL4J's format,
 * {@value #NETWORK}, and {@value #PROGRESS}. Nothing else is needed to resume, because every draw is keyed and the
 * position in a schedule follows from the epoch.
 */
public final class SavedEpoch {
    static final String NETWORK = "network.zip";
    static final String PROGRESS = "epoch.json";

    private static final int FORMAT_VERSION = 3;
    /** Larger than the default, because a zip file is written in pieces of half a kilobyte. */
    private static final int BUFFER_BYTES = 1 << 20;

    /** The maximum size of {@value #PROGRESS} in bytes, enough for more than 10,000 epochs. */
    private static final long MAX_PROGRESS_BYTES = 1 << 24;

    private static final ObjectMapper JSON = StrictJson.mapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * The content of {@value #PROGRESS}.
     *
     * @param networkSha256 the SHA-256 of {@value #NETWORK}
     * @param decided the settings that must be the same if the run is resumed: key → value
     * @param history the reports of all epochs so far
     */
    private record Progress(
            int formatVersion, String networkSha256, Map<String, String> decided, List<EpochReport> history) {}

    private final Path folder;
    private final Progress progress;

    private SavedEpoch(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** Writes the files of a checkpoint into an empty folder and synchronises them with the disk. */
    static void write(Path folder, ComputationGraph network, Map<String, String> decided, List<EpochReport> history)
            throws IOException {
        Path zip = folder.resolve(NETWORK);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(zip), BUFFER_BYTES)) {
            NetworkFile.write(network, true, out);
        }
        Progress progress = new Progress(FORMAT_VERSION, Sha256.of(zip), new TreeMap<>(decided), history);
        Files.write(folder.resolve(PROGRESS), JSON.writeValueAsBytes(progress));
        AtomicFiles.sync(zip);
        AtomicFiles.sync(folder.resolve(PROGRESS));
    }

    /**
     * Reads a checkpoint without its network.
     *
     * @throws IOException if the folder is not an intact checkpoint; the message says why in one line
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
                    PROGRESS + " lacks settings, or its history does not have the epochs 1, 2, … with a best one");
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
     * Checks that the network was not changed since it was written.
     *
     * @throws IOException if it was changed; the message says so in one line
     */
    void requireWhole() throws IOException {
        Path zip = folder.resolve(NETWORK);
        if (!Files.isRegularFile(zip)) {
            throw new IOException("it has no " + NETWORK);
        }
        if (!Sha256.of(zip).equals(progress.networkSha256)) {
            throw new IOException(NETWORK + " does not have the SHA-256 in " + PROGRESS + ": the file was changed");
        }
    }

    /** Deletes the files of a checkpoint, complete or not, and its folder if that is then empty. */
    static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            Files.deleteIfExists(folder.resolve(PROGRESS));
            Files.deleteIfExists(folder.resolve(NETWORK));
            Files.delete(folder);
        }
    }

    /** Returns the epoch, counted from 1. */
    public int epoch() {
        return progress.history.size();
    }

    /** Returns the best epoch so far, counted from 1. */
    public int bestEpoch() {
        return progress.history.stream()
                .filter(EpochReport::best)
                .mapToInt(EpochReport::epoch)
                .max()
                .orElseThrow();
    }

    /** Returns the reports of the epochs so far, in order. */
    public List<EpochReport> history() {
        return List.copyOf(progress.history);
    }

    /**
     * Checks that a setting is the same as when the run began.
     *
     * @param name the key of the setting, or the name of other state that must be the same
     * @throws IllegalArgumentException if it was different; the message has both values
     */
    public void requireSame(String name, String now) {
        String before = progress.decided.get(name);
        if (!now.equals(before)) {
            throw new IllegalArgumentException("run.resume: " + name + " was "
                    + (before == null ? "absent" : before) + " when the run began, and is now " + now
                    + "; resume with the same value, or start a run with another run.label");
        }
    }

    /** Returns whether the settings that must be the same are exactly these: key → value. */
    public boolean hasSettings(Map<String, String> settings) {
        return settings.equals(progress.decided);
    }

    /** Returns the saved parameters of the network as a row vector. */
    INDArray parameters() throws IOException {
        return network(false).params();
    }

    private ComputationGraph network(boolean withUpdater) throws IOException {
        Path file = folder.resolve(NETWORK);
        try {
            return NetworkFile.readCheckpoint(file, withUpdater).network();
        } catch (IOException e) {
            throw new IOException("checkpoint " + file + " is not a network: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the saved parameters and the updater's state into a network.
     *
     * @throws IllegalArgumentException if the network has another number of parameters
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
