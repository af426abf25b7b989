package org.speechemotion.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/**
 * The network and its updater's state after each epoch, as {@code epoch-0001.zip} in DL4J's format. A file with such a
 * name is whole: it is written under another name and then renamed.
 */
public final class Checkpoints implements TrainingLoop.Listener {
    private static final Pattern NAME = Pattern.compile("epoch-\\d{4,}\\.zip");

    private final Path folder;
    private final int keep;

    /**
     * Keeps checkpoints in a folder.
     *
     * @param keep how many of the latest stay
     */
    public Checkpoints(Path folder, int keep) throws IOException {
        if (keep < 1) {
            throw new IllegalArgumentException("keep-checkpoints is " + keep + ": allowed is 1 or more");
        }
        this.folder = Files.createDirectories(folder);
        this.keep = keep;
    }

    @Override
    public void epochEnded(EpochReport report, ComputationGraph network) {
        Path target = folder.resolve(String.format(Locale.ROOT, "epoch-%04d.zip", report.epoch()));
        Path partial = folder.resolve("." + target.getFileName());
        try {
            try {
                ModelSerializer.writeModel(network, partial.toFile(), true);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
            prune();
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint " + target + " could not be written", e);
        }
    }

    private void prune() throws IOException {
        List<Path> checkpoints;
        try (Stream<Path> files = Files.list(folder)) {
            checkpoints = files.filter(file -> NAME.matcher(name(file)).matches())
                    // Longer names are higher numbers: from 10000 on there are more than four digits.
                    .sorted(Comparator.comparingInt((Path file) -> name(file).length())
                            .thenComparing(Checkpoints::name))
                    .toList();
        }
        for (Path old : checkpoints.subList(0, Math.max(0, checkpoints.size() - keep))) {
            Files.delete(old);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
