package org.speechemotion.report;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.ProcessLock;
import org.speechemotion.corpus.Csv;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.Interval;
import org.speechemotion.metrics.ScoreIntervals;

/**
 * The file {@code index.csv} of a directory of runs, with a line for each finished run of any process. The experiment and
 * the label identify a run; a run that finishes again replaces its line. The file is replaced atomically while
 * {@code .index.lock} beside it is locked, so that no line is lost and no reader sees a part.
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

    /** The columns that may change although a run that finishes again has the same result. */
    private static final Set<String> OF_THE_PROCESS = Set.of("date", "git_commit", "seconds");

    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    /**
     * The origin of a run's result.
     *
     * @param created the time of creation, an ISO-8601 instant in UTC
     * @param seconds the duration in s
     * @param clips the number of clips on all sides
     */
    public record Origin(String created, String gitCommit, String encoder, double seconds, long clips) {}

    private RunIndex() {}

    /**
     * Adds a run, or replaces its line if the result differs.
     *
     * @param index the file, which is created if it is missing
     * @throws IOException if the file cannot be written or has other columns
     */
    public static void add(Path index, String experiment, String label, RunResult result, Provenance provenance)
            throws IOException {
        Origin origin = new Origin(
                provenance.created(),
                provenance.gitCommit(),
                provenance.encoder(),
                provenance.seconds(),
                provenance.clipCount());
        add(index, experiment, label, result.sides(), result.kept().numbers(), origin);
    }

    /**
     * Adds a run, or replaces its line if the result differs.
     *
     * @param sides the results of the sides
     * @param kept the epochs of the model; "" if the run has no model
     * @throws IOException if the file cannot be written or has other columns
     */
    public static void add(
            Path index, String experiment, String label, List<SideResult> sides, String kept, Origin origin)
            throws IOException {
        Optional<Evaluation> test = side(sides, "test");
        Optional<Interval> recall = test.flatMap(Evaluation::intervals).map(ScoreIntervals::unweightedAverageRecall);
        Optional<Evaluation> validation = side(sides, "validation");
        append(
                index,
                List.of(
                        experiment,
                        label,
                        origin.created(),
                        origin.gitCommit(),
                        origin.encoder(),
                        text(test.map(one -> one.scores().unweightedAverageRecall())),
                        text(recall.map(Interval::low)),
                        text(recall.map(Interval::high)),
                        text(test.map(one -> one.scores().accuracy())),
                        text(validation.map(one -> one.scores().unweightedAverageRecall())),
                        kept,
                        Long.toString(Math.round(origin.seconds())),
                        Long.toString(origin.clips())));
    }

    private static Optional<Evaluation> side(List<SideResult> sides, String name) {
        return sides.stream()
                .filter(side -> side.side().equals(name))
                .findFirst()
                .map(SideResult::evaluation);
    }

    private static String text(Optional<Double> figure) {
        return figure.map(value -> Double.toString(value)).orElse("");
    }

    static void append(Path index, List<String> fields) throws IOException {
        ProcessLock lock = ProcessLock.take(index.resolveSibling(".index.lock"), MAX_WAIT);
        try {
            List<List<String>> lines = read(index);
            int place = place(lines, fields);
            if (place < lines.size() && result(lines.get(place)).equals(result(fields))) {
                return;
            }
            lines.subList(place, Math.min(place + 1, lines.size())).clear();
            lines.add(place, fields);
            AtomicFiles.write(index, lines.stream().map(Csv::format).collect(Collectors.joining()));
        } finally {
            lock.close();
        }
    }

    /** Reads the lines of the file, the header first. */
    private static List<List<String>> read(Path index) throws IOException {
        List<List<String>> lines = new ArrayList<>();
        if (Files.exists(index)) {
            try (Reader reader = Files.newBufferedReader(index)) {
                Csv.parse(reader, index.toString()).forEach(row -> lines.add(row.fields()));
            }
        }
        if (lines.isEmpty()) {
            lines.add(HEADER);
        } else if (!lines.get(0).equals(HEADER)) {
            throw new IOException(
                    index + " has another header; allowed: " + String.join(",", HEADER) + ". Move the file away");
        }
        return lines;
    }

    /** Returns the index of the line of the same run, or that after the last line. */
    private static int place(List<List<String>> lines, List<String> fields) {
        int place = 1;
        while (place < lines.size() && !name(lines.get(place)).equals(name(fields))) {
            place++;
        }
        return place;
    }

    /** Returns the experiment and the label of a line. */
    private static List<String> name(List<String> fields) {
        return fields.subList(0, Math.min(2, fields.size()));
    }

    private static List<String> result(List<String> fields) {
        return IntStream.range(0, fields.size())
                .filter(i -> i >= HEADER.size() || !OF_THE_PROCESS.contains(HEADER.get(i)))
                .mapToObj(fields::get)
                .toList();
    }
}
