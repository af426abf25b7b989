package org.speechemotion.report;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.speechemotion.corpus.Csv;

/**
 * A line of {@code predictions.csv}, without the probabilities; see {@link PredictionTable}.
 *
 * @param path the path of the clip
 * @param speaker the clip's {@code actor_id}
 * @param emotion the true emotion
 * @param predicted the predicted emotion
 * @param side the side of the split
 */
public record ClipPrediction(String path, String speaker, String emotion, String predicted, String side) {
    private static final List<String> COLUMNS = List.of("path", "actor_id", "emotion", "predicted", "side");

    /**
     * Reads the file.
     *
     * @throws IOException if the file cannot be read, lacks a column or has a short line
     */
    static List<ClipPrediction> read(Path file) throws IOException {
        List<Csv.Row> rows;
        try (Reader reader = Files.newBufferedReader(file)) {
            rows = Csv.parse(reader, file.toString());
        }
        List<String> header = rows.isEmpty() ? List.of() : rows.get(0).fields();
        List<ClipPrediction> predictions = new ArrayList<>();
        for (Csv.Row row : rows.subList(Math.min(1, rows.size()), rows.size())) {
            List<String> values = new ArrayList<>();
            for (String column : COLUMNS) {
                int index = header.indexOf(column);
                if (index < 0 || index >= row.fields().size()) {
                    throw new IOException(file + " has no column " + column + " in each line; required: "
                            + String.join(", ", COLUMNS));
                }
                values.add(row.fields().get(index));
            }
            predictions.add(
                    new ClipPrediction(values.get(0), values.get(1), values.get(2), values.get(3), values.get(4)));
        }
        return predictions;
    }
}
