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
 * The epochs that a run can go on from, each a folder {@code epoch-0001}; see {@link SavedEpoch}. A folder with such a name
 * is whole: it is written under another name, brought to the disk, and then renamed.
 */
public final class Checkpoints implements TrainingLoop.Listener, TrainingLoop.Memory {
    private static final Pattern NAME = Pattern.compile("epoch-\\d{4,9}");
    private static final Pattern PARTIAL = Pattern.compile("\\." + NAME);

    private final Path folder;
    private final int keep;
    private final int together;
    private final Map<String, String> decided;
    private final List<EpochReport> history;

    /**
     * Keeps checkpoints in a folder.
     *
     * @param keep how many of the latest stay; the best stays too
     * @param together of how many epochs, the last and those before it, the model is made; they stay with the last
     * @param decided what must be the same for the training to go on: key → value
     * @param resumed what it goes on from
     */
    public Checkpoints(Path folder, int keep, int together, Map<String, String> decided, Optional<SavedEpoch> resumed)
            throws IOException {
        if (keep < 1) {
            throw new IllegalArgumentException("keep-checkpoints is " + keep + ": allowed is 1 or more");
        }
        this.folder = Files.createDirectories(folder);
        this.keep = keep;
        this.together = together;
        this.decided = Map.copyOf(decided);
        history = new ArrayList<>(resumed.map(SavedEpoch::history).orElse(List.of()));
        for (Path partial : newestFirst(folder, PARTIAL)) {
            SavedEpoch.delete(partial);
        }
    }

    /**
     * The last epoch that is whole, with its best and those that the model is made of together with it.
     *
     * @param together of how many epochs the model is made
     * @param console is told of each that is passed over, and why
     * @throws IllegalArgumentException where there are checkpoints, but none is whole
     */
    public static Optional<SavedEpoch> last(Path folder, int together, Consumer<String> console) throws IOException {
        List<Path> checkpoints = Files.isDirectory(folder) ? newestFirst(folder, NAME) : List.of();
        for (Path checkpoint : checkpoints) {
            try {
                SavedEpoch saved = read(checkpoint);
                saved.requireWhole();
                best(folder, saved);
                for (int epoch = first(saved, together); epoch < saved.epoch(); epoch++) {
                    whole(folder, epoch, "one that it goes with");
                }
                return Optional.of(saved);
            } catch (IOException damaged) {
                console.accept("checkpoint " + checkpoint + " is passed over: " + FailureMessage.of(damaged));
            }
        }
        if (!checkpoints.isEmpty()) {
            throw new IllegalArgumentException("run.resume: of the " + checkpoints.size() + " checkpoints in " + folder
                    + " none is whole: begin another run.label");
        }
        return Optional.empty();
    }

    /**
     * The best epoch when another was saved.
     *
     * @throws IOException where it is not whole
     */
    public static SavedEpoch best(Path folder, SavedEpoch saved) throws IOException {
        return whole(folder, saved.bestEpoch(), "the best before it");
    }

    private static SavedEpoch whole(Path folder, int epoch, String what) throws IOException {
        String name = name(epoch);
        try {
            SavedEpoch saved = read(folder.resolve(name));
            saved.requireWhole();
            return saved;
        } catch (IOException damaged) {
            throw new IOException(what + ", " + name + ", is not whole: " + damaged.getMessage(), damaged);
        }
    }

    /** The first of the epochs that the model would be made of if this were the last. */
    private static int first(SavedEpoch saved, int together) {
        return Math.max(1, saved.epoch() - together + 1);
    }

    @Override
    public INDArray parameters(int epoch) {
        try {
            return whole(folder, epoch, "what the mean is taken of").parameters();
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
            // One that is there was damaged, and the run went on from before.
            SavedEpoch.delete(target);
            try {
                Files.createDirectory(partial);
                SavedEpoch.write(partial, network, decided, history);
                AtomicFiles.move(partial, target);
            } finally {
                SavedEpoch.delete(partial);
            }
            prune();
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint " + target + " could not be written", e);
        }
    }

    /** Each that stays keeps its best and those it goes with, so that a run can go on from it if later ones are damaged. */
    private void prune() throws IOException {
        List<SavedEpoch> checkpoints = new ArrayList<>();
        for (Path checkpoint : newestFirst(folder, NAME)) {
            try {
                checkpoints.add(read(checkpoint));
            } catch (IOException damaged) {
                // Left for whoever wants to look at it.
            }
        }
        Set<Integer> kept = new HashSet<>();
        for (SavedEpoch checkpoint : checkpoints.subList(0, Math.min(keep, checkpoints.size()))) {
            for (int epoch = first(checkpoint, together); epoch <= checkpoint.epoch(); epoch++) {
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
            throw new IOException("it is of epoch " + saved.epoch());
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
