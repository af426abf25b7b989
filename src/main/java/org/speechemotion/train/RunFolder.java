package org.speechemotion.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.ProcessLock;

/**
 * The folder {@code <directory>/<experiment>/<label>/} of a run on the driver's machine. Closing it removes the folder if nothing
 * was written there, so that a start that failed leaves nothing.
 */
public final class RunFolder implements AutoCloseable {
    private static final String LOCK = ".lock";

    /** An action on a run. */
    public interface Action<R> {
        R run() throws IOException;
    }

    private final Path directory;
    private final Path path;
    private final boolean resumed;
    private final List<Path> created = new ArrayList<>();

    /**
     * Creates the folder of a new run.
     *
     * @throws IllegalArgumentException if the experiment or the label is not a plain folder name
     * @throws FileAlreadyExistsException if the run exists already
     */
    public RunFolder(Path directory, String experiment, String label) throws IOException {
        this(directory, experiment, label, false);
    }

    /**
     * Creates the folder of a new run, or opens the folder of an interrupted one.
     *
     * @param directory the directory of all runs
     * @param experiment the name of the run's experiment, a folder in the directory
     * @param label the name of the run's own folder in its experiment
     * @param resumed whether the run may exist already
     * @throws IllegalArgumentException if the experiment or the label is not a plain folder name
     * @throws FileAlreadyExistsException if the run exists already and is not resumed
     */
    public RunFolder(Path directory, String experiment, String label, boolean resumed) throws IOException {
        this.directory = directory;
        this.path = directory.resolve(folderName("run.experiment", experiment)).resolve(folderName("run.label", label));
        this.resumed = resumed;
        if (!resumed && Files.isDirectory(path)) {
            if (!isUnused(path)) {
                throw new FileAlreadyExistsException(
                        path.toString(),
                        null,
                        "the run exists already; choose another run.label, or resume it with run.resume=true");
            }
        }
        for (Path parent = path; parent != null && !Files.exists(parent); parent = parent.getParent()) {
            created.add(parent);
        }
        Files.createDirectories(path);
    }

    /** Removes the folder, and those above it that were created for it, if nothing was written there. */
    @Override
    public void close() throws IOException {
        if (!created.isEmpty() && isUnused(path)) {
            Files.deleteIfExists(path.resolve(LOCK));
            for (Path folder : created) {
                if (Files.isDirectory(folder) && isUnused(folder)) {
                    Files.delete(folder);
                }
            }
        }
    }

    private static boolean isUnused(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.endsWith(LOCK));
        }
    }

    /**
     * Performs an action while no other process may change the run. The operating system releases the lock when the
     * process ends for any reason.
     *
     * @throws IllegalArgumentException if another process or thread has the lock
     */
    public <R> R withLock(Action<R> action) throws IOException {
        try (ProcessLock lock = ProcessLock.tryTake(path.resolve(LOCK))
                .orElseThrow(() -> new IllegalArgumentException("run.label: the run " + path
                        + " is being trained by another process; wait until it ends, or choose another run.label"))) {
            if (!lock.isEnforced()) {
                log("this file system has no locks, so another process could train the same run");
            }
            return action.run();
        }
    }

    public Path path() {
        return path;
    }

    /** Returns whether the run may be resumed. */
    public boolean isResumed() {
        return resumed;
    }

    /** Returns the default folder of feature stores, which all runs share. */
    public Path features() {
        return features(directory);
    }

    /** Returns the default folder of feature stores in a directory of runs. */
    public static Path features(Path directory) {
        return directory.resolve("features").toAbsolutePath();
    }

    public String experiment() {
        return path.getParent().getFileName().toString();
    }

    public String label() {
        return path.getFileName().toString();
    }

    /** Returns the index of all runs in the directory. */
    public Path index() {
        return directory.resolve("index.csv");
    }

    public Path catalog() {
        return path.resolve("catalog.parquet");
    }

    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** Returns the folder of the checkpoints of the epochs after the calibration. */
    public Path refitCheckpoints() {
        return checkpoints().resolve("refit");
    }

    public Path model() {
        return path.resolve("model");
    }

    public Path tensorBoard() {
        return path.resolve("tensorboard");
    }

    public Path confusion() {
        return path.resolve("confusion.png");
    }

    public Path misclassified() {
        return path.resolve("misclassified");
    }

    public Path history() {
        return path.resolve("history.csv");
    }

    public Path confusionAnimation() {
        return path.resolve("confusion.gif");
    }

    public void writeConfig(String hocon) throws IOException {
        write("config.conf", hocon);
    }

    public void writeSplit(String csv) throws IOException {
        write("split.csv", csv);
    }

    /** Adds a line to {@code run.log}. */
    public void log(String line) {
        try {
            Files.writeString(
                    path.resolve("run.log"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("run.log could not be written", e);
        }
    }

    /** Writes or replaces a file of the folder atomically: a reader sees either the whole new file or the old one. */
    public void write(String name, String text) throws IOException {
        AtomicFiles.write(path.resolve(name), text);
    }

    private static String folderName(String key, String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(key + " is '" + name
                    + "'; allowed: letters, digits, '.', '_' and '-', with a letter or digit first");
        }
        return name;
    }
}
