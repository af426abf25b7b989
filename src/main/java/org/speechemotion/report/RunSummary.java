package org.speechemotion.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.speechemotion.common.StrictJson;

/**
 * The results of a run, read back from its folder. A run that has not ended yet has missing nodes and no predictions, and a
 * cross-validation has no history.
 *
 * @param name the experiment and the label
 * @param metrics the content of {@code metrics.json}
 * @param provenance the content of {@code provenance.json}
 * @param history the rows of {@link HistoryFile#read}
 * @param predictions the lines of {@code predictions.csv}
 */
public record RunSummary(
        String name, JsonNode metrics, JsonNode provenance, List<double[]> history, List<ClipPrediction> predictions) {
    private static final int MAX_JSON_BYTES = 16 << 20;

    /**
     * Reads a run's folder.
     *
     * @return the results; empty if the folder has neither {@code history.csv} nor {@code metrics.json} and so is not that of
     *     a run
     * @throws IOException if one of its files is damaged
     */
    public static Optional<RunSummary> read(Path folder) throws IOException {
        Path history = folder.resolve("history.csv");
        boolean training = Files.isRegularFile(history);
        if (!training && !Files.isRegularFile(folder.resolve("metrics.json"))) {
            return Optional.empty();
        }
        Path absolute = folder.toAbsolutePath().normalize();
        Path name = absolute.subpath(Math.max(0, absolute.getNameCount() - 2), absolute.getNameCount());
        return Optional.of(new RunSummary(
                name.toString(),
                json(folder.resolve("metrics.json")),
                json(folder.resolve("provenance.json")),
                training ? HistoryFile.read(history) : List.of(),
                predictions(folder.resolve("predictions.csv"))));
    }

    private static List<ClipPrediction> predictions(Path file) throws IOException {
        return Files.isRegularFile(file) ? ClipPrediction.read(file) : List.of();
    }

    /** Returns the predictions for the test side. */
    List<ClipPrediction> testPredictions() {
        return predictions.stream().filter(one -> one.side().equals("test")).toList();
    }

    private static JsonNode json(Path file) throws IOException {
        return Files.isRegularFile(file) ? StrictJson.object(file, MAX_JSON_BYTES) : MissingNode.getInstance();
    }

    /** Returns the values of a column of the history, named as in {@link HistoryFile}. */
    double[] column(String name) {
        int index = HistoryFile.HEADER.indexOf(name);
        return history.stream().mapToDouble(row -> row[index]).toArray();
    }
}
