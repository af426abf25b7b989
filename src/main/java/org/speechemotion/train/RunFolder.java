package org.speechemotion.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.ProcessLock;

/** The folder of a run, on the machine of the driver: {@code <directory>/<experiment>/<label>/}. */
public final class RunFolder {
    private static final String LOCK = ".lock";

    /** Something that is done to a run. */
    public interface Work<R> {
        R run() throws IOException;
    }

    private final Path directory;
    private final Path path;
    private final boolean resumed;

    /** Creates the folder of a run that begins; see the other constructor. */
    public RunFolder(Path directory, String experiment, String label) throws IOException {
        this(directory, experiment, label, false);
    }

    /**
     * Creates the folder, or opens that of a run that was interrupted.
     *
     * @param directory of all runs
     * @param experiment the name of a folder in it
     * @param label the name of the run's own folder in that
     * @param resumed whether the run may be there already
     * @throws IllegalArgumentException where one of them is not a plain folder name
     * @throws FileAlreadyExistsException where the run is already there, but must not
     */
    public RunFolder(Path directory, String experiment, String label, boolean resumed) throws IOException {
        this.directory = directory;
        this.path = directory.resolve(folderName("run.experiment", experiment)).resolve(folderName("run.label", label));
        this.resumed = resumed;
        if (!resumed && Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                if (files.anyMatch(file -> !file.endsWith(LOCK))) {
                    throw new FileAlreadyExistsException(
                            path.toString(),
                            null,
                            "the run exists already: choose another run.label, or go on with it by run.resume=true");
                }
            }
        }
        Files.createDirectories(path);
    }

    /**
     * Does work that no other process may do in this folder at the same time. The lock ends with this process, however it dies.
     *
     * @throws IllegalArgumentException if another process, or another thread, is doing such work
     */
    public <R> R alone(Work<R> work) throws IOException {
        try (ProcessLock lock = ProcessLock.tryTake(path.resolve(LOCK))
                .orElseThrow(() -> new IllegalArgumentException("run.label: the run " + path
                        + " is being trained by another process: wait for its end, or choose another run.label"))) {
            if (!lock.isEnforced()) {
                log("this file system has no locks, so nothing keeps another process from training the run");
            }
            return work.run();
        }
    }

    public Path path() {
        return path;
    }

    /** Whether the run goes on if it has begun. */
    public boolean isResumed() {
        return resumed;
    }

    /** Of all runs: where stores of features are that have no path of their own. */
    public Path features() {
        return features(directory);
    }

    /** The same of a directory of runs. */
    public static Path features(Path directory) {
        return directory.resolve("features").toAbsolutePath();
    }

    public String experiment() {
        return path.getParent().getFileName().toString();
    }

    public String label() {
        return path.getFileName().toString();
    }

    /** Of all runs in the directory. */
    public Path index() {
        return directory.resolve("index.csv");
    }

    public Path catalog() {
        return path.resolve("catalog.parquet");
    }

    public Path checkpoints() {
        return path.resolve("checkpoints");
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

    /** Creates or replaces a file of the folder, atomically. */
    public void write(String name, String text) throws IOException {
        AtomicFiles.write(path.resolve(name), text);
    }

    private static String folderName(String key, String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(key + " is '" + name
                    + "': allowed are letters, digits, '.', '_' and '-', beginning with a letter or digit");
        }
        return name;
    }
}
