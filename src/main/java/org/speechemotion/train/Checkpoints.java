package org.speechemotion.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.FailureMessage;

/**
 * The checkpoints of a run, each a folder such as {@code epoch-0001} with a {@link SavedEpoch}. A folder is written under
 * a temporary name, synchronised with the disk, and then renamed atomically.
 */
public final class Checkpoints implements TrainingLoop.Listener, TrainingLoop.ParameterHistory {
    private static final Pattern NAME = Pattern.compile("epoch-\\d{4,9}");
    private static final Pattern PARTIAL = Pattern.compile("\\." + NAME);

    private final Path folder;
    private final int keep;
    private final int averagedEpochs;
    private final Map<String, String> requiredSettings;
    private final List<EpochReport> history;

    /**
     * Keeps checkpoints in a folder.
     *
     * @param keep the number of latest checkpoints that are kept, at least 1; the best one is kept too
     * @param averagedEpochs the number of last epochs whose mean is the model; their checkpoints are kept with the last
     * @param requiredSettings the settings that must be the same if the run is resumed: key → value
     * @param resumed the checkpoint that the run resumes from
     * @throws IllegalArgumentException if {@code keep} is below 1
     */
    public Checkpoints(
            Path folder,
            int keep,
            int averagedEpochs,
            Map<String, String> requiredSettings,
            Optional<SavedEpoch> resumed)
            throws IOException {
        if (keep < 1) {
            throw new IllegalArgumentException("keep-checkpoints is " + keep + "; allowed: at least 1");
        }
        this.folder = Files.createDirectories(folder);
        this.keep = keep;
        this.averagedEpochs = averagedEpochs;
        this.requiredSettings = Map.copyOf(requiredSettings);
        history = new ArrayList<>(resumed.map(SavedEpoch::history).orElse(List.of()));
        for (Path partial : newestFirst(folder, PARTIAL)) {
            SavedEpoch.delete(partial);
        }
    }

    /**
     * Returns the last checkpoint that is intact together with the checkpoints of its best epoch and of the epochs that
     * it is averaged with.
     *
     * @param averagedEpochs the number of last epochs whose mean is the model
     * @param console the consumer of a line for each damaged checkpoint, with the cause
     * @return the checkpoint; empty if the folder has none
     * @throws IllegalArgumentException if there are checkpoints, but all are damaged
     */
    public static Optional<SavedEpoch> last(Path folder, int averagedEpochs, Consumer<String> console)
            throws IOException {
        Optional<SavedEpoch> last = lastIntact(folder, averagedEpochs, console);
        int found = all(folder).size();
        if (last.isEmpty() && found > 0) {
            throw new IllegalArgumentException("run.resume: all checkpoints in " + folder + " are damaged: " + found
                    + "; start a run with another run.label");
        }
        return last;
    }

    /** Returns the same as {@link #last}, and nothing if all are damaged. */
    public static Optional<SavedEpoch> lastIntact(Path folder, int averagedEpochs, Consumer<String> console)
            throws IOException {
        for (Path checkpoint : all(folder)) {
            try {
                SavedEpoch saved = read(checkpoint);
                saved.requireWhole();
                best(folder, saved);
                for (int epoch = first(saved, averagedEpochs); epoch < saved.epoch(); epoch++) {
                    whole(folder, epoch, "an epoch that it is averaged with");
                }
                return Optional.of(saved);
            } catch (IOException damaged) {
                console.accept("checkpoint " + checkpoint + " is damaged and ignored: " + FailureMessage.of(damaged));
            }
        }
        return Optional.empty();
    }

    /** Deletes all checkpoints of a folder, intact or damaged, if there is one. */
    public static void delete(Path folder) throws IOException {
        for (Path checkpoint : all(folder)) {
            SavedEpoch.delete(checkpoint);
        }
    }

    private static List<Path> all(Path folder) throws IOException {
        return Files.isDirectory(folder) ? newestFirst(folder, NAME) : List.of();
    }

    /**
     * Reads the checkpoint of the epoch that was the best when another was saved.
     *
     * @throws IOException if that checkpoint is damaged
     */
    public static SavedEpoch best(Path folder, SavedEpoch saved) throws IOException {
        return whole(folder, saved.bestEpoch(), "the best epoch before it");
    }

    private static SavedEpoch whole(Path folder, int epoch, String what) throws IOException {
        String name = name(epoch);
        try {
            SavedEpoch saved = read(folder.resolve(name));
            saved.requireWhole();
            return saved;
        } catch (IOException damaged) {
            throw new IOException(what + ", " + name + ", is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** Returns the first of the epochs that would be averaged if this epoch were the last. */
    private static int first(SavedEpoch saved, int averagedEpochs) {
        return Math.max(1, saved.epoch() - averagedEpochs + 1);
    }

    @Override
    public INDArray parameters(int epoch) {
        try {
            return whole(folder, epoch, "an epoch of the mean").parameters();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void epochEnded(EpochReport report, ComputationGraph network) {
        history.add(report);
        Path target = folder.resolve(name(report.epoch()));
        Path partial = partial(target);
        try {
            // An existing folder is a damaged checkpoint that the resumed run has ignored.
            SavedEpoch.delete(target);
            try {
                Files.createDirectory(partial);
                SavedEpoch.write(partial, network, requiredSettings, history);
                AtomicFiles.move(partial, target);
            } finally {
                SavedEpoch.delete(partial);
            }
            prune();
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint " + target + " could not be written", e);
        }
    }

    /**
     * Deletes old checkpoints. Each kept one keeps its best epoch and those it is averaged with, so that a run can be
     * resumed from it if later ones are damaged.
     */
    private void prune() throws IOException {
        List<SavedEpoch> checkpoints = new ArrayList<>();
        for (Path checkpoint : newestFirst(folder, NAME)) {
            try {
                checkpoints.add(read(checkpoint));
            } catch (IOException damaged) {
                // A damaged checkpoint is left for inspection.
            }
        }
        Set<Integer> kept = new HashSet<>();
        for (SavedEpoch checkpoint : checkpoints.subList(0, Math.min(keep, checkpoints.size()))) {
            for (int epoch = first(checkpoint, averagedEpochs); epoch <= checkpoint.epoch(); epoch++) {
                kept.add(epoch);
            }
            kept.add(checkpoint.bestEpoch());
        }
        for (SavedEpoch checkpoint : checkpoints) {
            if (!kept.contains(checkpoint.epoch())) {
                Path old = folder.resolve(name(checkpoint.epoch()));
                Files.move(old, partial(old), StandardCopyOption.ATOMIC_MOVE);
                SavedEpoch.delete(partial(old));
            }
        }
    }

    private static SavedEpoch read(Path checkpoint) throws IOException {
        SavedEpoch saved = SavedEpoch.read(checkpoint);
        if (saved.epoch() != number(checkpoint)) {
            throw new IOException("it belongs to epoch " + saved.epoch());
        }
        return saved;
    }

    private static List<Path> newestFirst(Path folder, Pattern name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .filter(Files::isDirectory)
                    .sorted(Comparator.comparingInt(Checkpoints::number).reversed())
                    .toList();
        }
    }

    private static int number(Path checkpoint) {
        String name = checkpoint.getFileName().toString();
        return Integer.parseInt(name.substring(name.indexOf('-') + 1));
    }

    private static String name(int epoch) {
        return String.format(Locale.ROOT, "epoch-%04d", epoch);
    }

    private static Path partial(Path checkpoint) {
        return checkpoint.resolveSibling("." + checkpoint.getFileName());
    }
}
