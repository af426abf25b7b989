package org.speechemotion.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.corpus.Csv;
import org.speechemotion.train.EpochReport;

/** The file {@code history.csv} with a line for each epoch. It is rewritten atomically after each epoch. */
public final class HistoryFile {
    static final List<String> HEADER = List.of(
            "epoch",
            "learning_rate",
            "train_loss",
            "gradient_norm",
            "validation_loss",
            "validation_accuracy",
            "validation_uar",
            "train_accuracy",
            "train_uar",
            "clips_per_second",
            "seconds",
            "best");

    /** The columns that histories of earlier builds lack. */
    private static final Set<String> LATER = Set.of("gradient_norm");

    private final Path file;
    private final List<EpochReport> reports;

    /**
     * Continues a history.
     *
     * @param earlier the reports of the epochs before this process; empty for a new run
     */
    public HistoryFile(Path file, List<EpochReport> earlier) {
        this.file = file;
        reports = new ArrayList<>(earlier);
    }

    /** Adds an epoch and writes the file. */
    public void add(EpochReport report) {
        reports.add(report);
        try {
            AtomicFiles.write(file, csv(reports));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }

    /** Returns the reports of all epochs in order. */
    public List<EpochReport> reports() {
        return List.copyOf(reports);
    }

    /** Formats the history; the validation fields are empty without a validation side. */
    static String csv(List<EpochReport> reports) {
        StringBuilder csv = new StringBuilder(String.join(",", HEADER)).append('\n');
        for (EpochReport report : reports) {
            boolean validated = report.validationMatrix().total() > 0;
            csv.append(String.join(
                            ",",
                            Integer.toString(report.epoch()),
                            Double.toString(report.learningRate()),
                            Double.toString(report.trainLoss()),
                            Double.toString(report.gradientNorm()),
                            validated ? Double.toString(report.validationLoss()) : "",
                            validated ? Double.toString(report.validation().accuracy()) : "",
                            validated ? Double.toString(report.validation().unweightedAverageRecall()) : "",
                            Double.toString(report.training().accuracy()),
                            Double.toString(report.training().unweightedAverageRecall()),
                            Double.toString(report.clipsPerSecond()),
                            Double.toString(report.seconds()),
                            Boolean.toString(report.best())))
                    .append('\n');
        }
        return csv.toString();
    }

    /**
     * Reads the numbers of a history.
     *
     * @return a row {@code [column]} for each epoch in the order of {@link #HEADER}; NaN for a field that is missing or
     *     not a number
     * @throws IOException if the file cannot be read or has another header
     */
    static List<double[]> read(Path file) throws IOException {
        List<Csv.Row> rows;
        try (var reader = Files.newBufferedReader(file)) {
            rows = Csv.parse(reader, file.toString());
        }
        List<String> header = rows.isEmpty() ? List.of() : rows.get(0).fields();
        if (!HEADER.stream().allMatch(column -> header.contains(column) || LATER.contains(column))) {
            throw new IOException(file + " has another header; allowed: " + String.join(",", HEADER));
        }
        return rows.subList(1, rows.size()).stream()
                .map(row -> HEADER.stream()
                        .mapToDouble(column -> number(row.fields(), header.indexOf(column)))
                        .toArray())
                .toList();
    }

    private static double number(List<String> fields, int index) {
        try {
            return Double.parseDouble(fields.get(index));
        } catch (NumberFormatException | IndexOutOfBoundsException noNumber) {
            return Double.NaN;
        }
    }
}
