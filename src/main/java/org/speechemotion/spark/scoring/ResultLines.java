package org.speechemotion.spark.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.common.Result;
import org.speechemotion.corpus.Csv;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.spark.scoring.ScoreColumns.Part;

/**
 * Formats results as lines with the columns of a score table, from {@code path} to {@code model_id}; see {@link ScoreColumns}.
 * JSON has an object per line with all columns, null where there is no value. CSV has a header, and no channels or timeline.
 */
public final class ResultLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean json;
    private final StructType columns;
    private final ScoreRows rows;

    private ResultLines(boolean json, String modelId, EmotionSet emotions, double abstainBelow, boolean transcripts) {
        this.json = json;
        ScoreColumns wanted = new ScoreColumns(emotions)
                .with(Part.CHANNELS, json)
                .with(Part.TIMELINE, json)
                .with(Part.TRANSCRIPTS, transcripts);
        columns = wanted.result();
        rows = new ScoreRows(wanted, modelId, abstainBelow);
    }

    /**
     * Creates a formatter of JSON lines.
     *
     * @param emotions the emotions of the model
     * @param abstainBelow the confidence below which the emotion is {@code uncertain}
     * @param transcripts whether results have transcripts
     */
    public static ResultLines json(String modelId, EmotionSet emotions, double abstainBelow, boolean transcripts) {
        return new ResultLines(true, modelId, emotions, abstainBelow, transcripts);
    }

    /** Creates a formatter of CSV, as {@link #json}. */
    public static ResultLines csv(String modelId, EmotionSet emotions, double abstainBelow, boolean transcripts) {
        return new ResultLines(false, modelId, emotions, abstainBelow, transcripts);
    }

    /** Returns the line that precedes all others, if the format has one. */
    public Optional<String> header() {
        return json ? Optional.empty() : Optional.of(csv(Arrays.asList(columns.fieldNames())));
    }

    /** Returns the line of a result. */
    public String line(String path, Result<ScoredRecording> result) {
        Row row = rows.row(path, result);
        if (json) {
            try {
                return JSON.writeValueAsString(object(row, columns));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a result is not JSON", e);
            }
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            fields.add(row.isNullAt(i) ? "" : String.valueOf(row.get(i)));
        }
        return csv(fields);
    }

    /** Returns a line in which a missing value is empty, and not an empty text in quotes. */
    private static String csv(List<String> fields) {
        return fields.stream()
                .map(field ->
                        field.isEmpty() ? field : Csv.format(List.of(field)).stripTrailing())
                .collect(Collectors.joining(","));
    }

    private static Map<String, Object> object(Row row, StructType columns) {
        Map<String, Object> object = new LinkedHashMap<>();
        StructField[] fields = columns.fields();
        for (int i = 0; i < fields.length; i++) {
            object.put(fields[i].name(), value(row.get(i), fields[i].dataType()));
        }
        return object;
    }

    private static Object value(Object value, DataType type) {
        return value instanceof Row[] elements
                ? Arrays.stream(elements)
                        .map(element -> object(element, (StructType) ((ArrayType) type).elementType()))
                        .toList()
                : value;
    }
}
