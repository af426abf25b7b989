package org.speechemotion.spark.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.corpus.Clip;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.Entry;

/**
 * The rows of a table as the entries of a corpus, and who of them validates.
 *
 * @param validates group → whether it validates; empty where nobody said
 */
record LabelledRows(List<Entry> entries, Map<String, Boolean> validates) {
    /** The corpus that a table is. */
    private static final String CORPUS = "table";

    private static final int LISTED_LABELS = 20;

    /**
     * Reads a table whose columns were checked.
     *
     * @param staging where the bytes of audio go, asked for if there are any
     * @throws IllegalArgumentException for a label or a group that is none, or a group on both sides
     */
    static LabelledRows of(Dataset<?> table, HasTraining<?> stage, Supplier<StagedBytes> staging) {
        StructType schema = table.schema();
        String labelCol = stage.getLabelCol();
        boolean named = schema.apply(labelCol).dataType() instanceof StringType;
        String indicatorCol = stage.getValidationIndicatorCol();
        Column indicator = indicatorCol.isEmpty() ? functions.lit(false) : Columns.named(indicatorCol);
        Dataset<Row> rows = table.toDF()
                .select(
                        Columns.named(stage.getInputCol()),
                        Columns.named(labelCol).cast(named ? "string" : "double"),
                        Columns.named(stage.getGroupCol()).cast("string"),
                        indicator);
        if (schema.apply(stage.getInputCol()).dataType() instanceof BinaryType) {
            rows = staging.get().stage(rows);
        }
        List<Entry> entries = new ArrayList<>();
        Map<String, Boolean> validates = new TreeMap<>();
        List<Row> collected = rows.collectAsList();
        if (named) {
            requireEmotions(collected, labelCol);
        }
        for (Row row : collected) {
            String group = group(row, stage.getGroupCol());
            Emotion emotion = emotion(row, named, labelCol);
            if (!indicatorCol.isEmpty()) {
                boolean side = side(row, indicatorCol);
                Boolean other = validates.put(group, side);
                if (other != null && other != side) {
                    throw new IllegalArgumentException("group " + row.getString(2) + " of column " + stage.getGroupCol()
                            + " has rows with " + indicatorCol + " true and rows with false: a group is on one side");
                }
            }
            entries.add(
                    row.isNullAt(0)
                            ? new Entry.Rejected(
                                    "",
                                    CORPUS,
                                    RejectionReason.EMPTY.rejection("column " + stage.getInputCol() + " is null"))
                            : new Entry.Labelled(new Clip(row.getString(0), CORPUS, group, emotion, "", "")));
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("the table has no rows to train on");
        }
        if (!indicatorCol.isEmpty() && !validates.containsValue(true)) {
            throw new IllegalArgumentException(
                    "column " + indicatorCol + " is false in every row: somebody must validate");
        }
        return new LabelledRows(entries, validates);
    }

    /** Settings that divide the groups as the table says; none where it says nothing. */
    Map<String, ?> split() {
        List<String> validation =
                validates.keySet().stream().filter(validates::get).toList();
        return validation.isEmpty() ? Map.of() : Map.of("split.validation", validation);
    }

    private static String group(Row row, String column) {
        if (row.isNullAt(2) || row.getString(2).isBlank()) {
            throw new IllegalArgumentException("column " + column + " is " + (row.isNullAt(2) ? "null" : "blank")
                    + " in a row: every row needs a group");
        }
        return Clip.actorId(CORPUS, row.getString(2));
    }

    /** Names all labels that are no emotions at once, the most frequent first. */
    private static void requireEmotions(List<Row> rows, String column) {
        Map<String, Long> unknown = rows.stream()
                .filter(row -> !row.isNullAt(1) && !Emotion.isName(row.getString(1)))
                .collect(Collectors.groupingBy(row -> row.getString(1), TreeMap::new, Collectors.counting()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "column %s has labels that name no emotion: %s%s. Allowed: %s, or other common names of them"
                            .formatted(
                                    column,
                                    unknown.entrySet().stream()
                                            .sorted(Map.Entry.<String, Long>comparingByValue()
                                                    .reversed())
                                            .limit(LISTED_LABELS)
                                            .map(label ->
                                                    "\"%.40s\" in %d rows".formatted(label.getKey(), label.getValue()))
                                            .collect(Collectors.joining(", ")),
                                    unknown.size() > LISTED_LABELS
                                            ? " and " + (unknown.size() - LISTED_LABELS) + " more"
                                            : "",
                                    Arrays.stream(Emotion.values())
                                            .map(Emotion::id)
                                            .collect(Collectors.joining(", "))));
        }
    }

    private static Emotion emotion(Row row, boolean named, String column) {
        if (row.isNullAt(1)) {
            throw new IllegalArgumentException("column " + column + " is null in a row: every row needs an emotion");
        }
        try {
            if (named) {
                return Emotion.parse(row.getString(1));
            }
            double label = row.getDouble(1);
            if (label != (int) label) {
                throw new IllegalArgumentException(
                        "emotion label is " + label + "; allowed: 0 to " + (Emotion.count() - 1));
            }
            return Emotion.ofLabel((int) label);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("column " + column + ": " + e.getMessage(), e);
        }
    }

    private static boolean side(Row row, String column) {
        if (row.isNullAt(3)) {
            throw new IllegalArgumentException("column " + column + " is null in a row: allowed are true and false");
        }
        return row.getBoolean(3);
    }
}
