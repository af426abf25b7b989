package org.speechemotion.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run's folder says of it, read back. What a run that has not ended yet lacks is missing.
 *
 * @param name experiment and label
 * @param metrics {@code metrics.json}
 * @param provenance {@code provenance.json}
 * @param history see {@link HistoryFile#read}
 */
public record RunSummary(String name, JsonNode metrics, JsonNode provenance, List<double[]> history) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a run's folder.
     *
     * @return empty where it is none: it has no {@code history.csv}
     * @throws IOException where one of its files is damaged
     */
    public static Optional<RunSummary> read(Path folder) throws IOException {
        Path history = folder.resolve("history.csv");
        if (!Files.isRegularFile(history)) {
            return Optional.empty();
        }
        Path absolute = folder.toAbsolutePath().normalize();
        Path name = absolute.subpath(Math.max(0, absolute.getNameCount() - 2), absolute.getNameCount());
        return Optional.of(new RunSummary(
                name.toString(),
                json(folder.resolve("metrics.json")),
                json(folder.resolve("provenance.json")),
                HistoryFile.read(history)));
    }

    private static JsonNode json(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return JSON.missingNode();
        }
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The values of a column of the history, by {@link HistoryFile}'s names. */
    double[] column(String name) {
        int index = HistoryFile.HEADER.indexOf(name);
        return history.stream().mapToDouble(row -> row[index]).toArray();
    }
}
