package org.speechemotion.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.speechemotion.corpus.Csv;
import org.speechemotion.metrics.Evaluation;

/**
 * {@code index.csv} of a directory of runs: a line for every run that ended, of whatever process. It is written under
 * another name and renamed, under a lock on {@code .index.lock} beside it, so that no line is lost and no reader sees half
 * a file.
 */
public final class RunIndex {
    static final List<String> HEADER = List.of(
            "experiment",
            "label",
            "date",
            "git_commit",
            "encoder",
            "test_uar",
            "test_uar_low",
            "test_uar_high",
            "test_accuracy",
            "validation_uar",
            "kept_epoch",
            "seconds",
            "clips");

    private RunIndex() {}

    /**
     * Adds a run.
     *
     * @param index the file, made if missing
     * @throws IOException where it cannot be written, or has other columns than these
     */
    public static void add(Path index, String experiment, String label, RunResult result, Provenance provenance)
            throws IOException {
        Optional<Evaluation> test = result.side("test").map(SideResult::evaluation);
        Optional<Evaluation> validation = result.side("validation").map(SideResult::evaluation);
        append(
                index,
                List.of(
                        experiment,
                        label,
                        provenance.created(),
                        provenance.gitCommit(),
                        provenance.encoder(),
                        text(test.map(one -> one.scores().unweightedAverageRecall())),
                        text(test.map(
                                one -> one.unweightedAverageRecallInterval().low())),
                        text(test.map(
                                one -> one.unweightedAverageRecallInterval().high())),
                        text(test.map(one -> one.scores().accuracy())),
                        text(validation.map(one -> one.scores().unweightedAverageRecall())),
                        result.kept().numbers(),
                        Long.toString(Math.round(provenance.seconds())),
                        Long.toString(provenance.clipCount())));
    }

    private static String text(Optional<Double> figure) {
        return figure.map(value -> Double.toString(value)).orElse("");
    }

    /** Locks are of processes: threads of one wait for each other here. */
    static synchronized void append(Path index, List<String> fields) throws IOException {
        Path lock = index.resolveSibling(".index.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel is closed
            List<String> lines = new ArrayList<>();
            String header = Csv.format(HEADER);
            String before = Files.exists(index) ? Files.readString(index) : "";
            if (before.isEmpty()) {
                lines.add(header);
            } else if (!before.startsWith(header)) {
                throw new IOException(index + " does not begin with " + header.strip() + ": move it away");
            } else {
                lines.add(before.endsWith("\n") ? before : before + "\n");
            }
            lines.add(Csv.format(fields));
            Path partial = index.resolveSibling("." + index.getFileName());
            Files.writeString(partial, String.join("", lines));
            Files.move(partial, index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
