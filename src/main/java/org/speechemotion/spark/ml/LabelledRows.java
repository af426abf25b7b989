package org.speechemotion.spark.ml;

import java.util.ArrayList;
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
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.corpus.Entry;

/**
 * The rows of a table as entries of a corpus, and the side of each group.
 *
 * @param validates group → whether it is on the validation side; empty if the table does not assign sides
 */
record LabelledRows(List<Entry> entries, Map<String, Boolean> validates) {
    private static final String AUDIO = "audio";
    private static final String LABEL = "label";
    private static final String GROUP = "group";
    private static final String VALIDATES = "validates";

    /** The name of the table as a corpus. */
    private static final String CORPUS = "table";

    private static final int LISTED_LABELS = 20;

    /**
     * Reads a table whose columns have been checked.
     *
     * @param emotions the emotions that the table labels
     * @param staging gives the folder for the bytes of audio; it is called if the audio is bytes
     * @throws IllegalArgumentException if a label or a group is not valid, or a group is on both sides
     */
    static LabelledRows of(Dataset<?> table, HasTraining<?> stage, EmotionSet emotions, Supplier<StagedBytes> staging) {
        StructType schema = table.schema();
        String labelCol = stage.getLabelCol();
        boolean named = schema.apply(labelCol).dataType() instanceof StringType;
        String indicatorCol = stage.getValidationIndicatorCol();
        Column indicator = indicatorCol.isEmpty() ? functions.lit(false) : Columns.named(indicatorCol);
        Dataset<Row> rows = table.toDF()
                .select(
                        Columns.named(stage.getInputCol()).as(AUDIO),
                        Columns.named(labelCol)
                                .cast(named ? "string" : "double")
                                .as(LABEL),
                        Columns.named(stage.getGroupCol()).cast("string").as(GROUP),
                        indicator.as(VALIDATES));
        if (schema.apply(stage.getInputCol()).dataType() instanceof BinaryType) {
            rows = staging.get().stage(rows, AUDIO);
        }
        List<Entry> entries = new ArrayList<>();
        Map<String, Boolean> validates = new TreeMap<>();
        List<Row> collected = rows.collectAsList();
        if (named) {
            requireEmotions(collected, emotions, labelCol);
        }
        for (Row row : collected) {
            String group = group(row, stage.getGroupCol());
            Emotion emotion = emotion(row, named, emotions, labelCol);
            if (!indicatorCol.isEmpty()) {
                boolean side = side(row, indicatorCol);
                Boolean other = validates.put(group, side);
                if (other != null && other != side) {
                    throw new IllegalArgumentException("group " + row.getAs(GROUP) + " of column " + stage.getGroupCol()
                            + " has rows with " + indicatorCol + " true and rows with false: a group is on one side");
                }
            }
            entries.add(
                    row.getAs(AUDIO) == null
                            ? new Entry.Rejected(
                                    "",
                                    CORPUS,
                                    RejectionReason.EMPTY.rejection("column " + stage.getInputCol() + " is null"))
                            : new Entry.Labelled(Clip.of(row.getAs(AUDIO), group, emotion)));
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("the table has no rows to train on");
        }
        if (!indicatorCol.isEmpty() && !validates.containsValue(true)) {
            throw new IllegalArgumentException("column " + indicatorCol
                    + " is false in every row: at least one group must be on the validation side");
        }
        return new LabelledRows(entries, validates);
    }

    /** Returns the settings that divide the groups as the table does; empty if it does not assign sides. */
    Map<String, ?> split() {
        List<String> validation =
                validates.keySet().stream().filter(validates::get).toList();
        return validation.isEmpty() ? Map.of() : Map.of("split.validation", validation);
    }

    private static String group(Row row, String column) {
        String group = row.getAs(GROUP);
        if (group == null || group.isBlank()) {
            throw new IllegalArgumentException("column " + column + " is " + (group == null ? "null" : "blank")
                    + " in a row: every row needs a group");
        }
        return Clip.speakerId(CORPUS, group);
    }

    /** Names all labels that are not emotions at once, the most frequent first. */
    private static void requireEmotions(List<Row> rows, EmotionSet emotions, String column) {
        Map<String, Long> unknown = rows.stream()
                .map(row -> row.<String>getAs(LABEL))
                .filter(label -> label != null && !emotions.isName(label))
                .collect(Collectors.groupingBy(label -> label, TreeMap::new, Collectors.counting()));
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
                                    emotions));
        }
    }

    private static Emotion emotion(Row row, boolean named, EmotionSet emotions, String column) {
        if (row.getAs(LABEL) == null) {
            throw new IllegalArgumentException("column " + column + " is null in a row: every row needs an emotion");
        }
        try {
            if (named) {
                return emotions.parse(row.getAs(LABEL));
            }
            double label = row.<Double>getAs(LABEL);
            if (label != (int) label) {
                throw new IllegalArgumentException(
                        "emotion label is " + label + "; allowed: 0 to " + (emotions.size() - 1));
            }
            return emotions.ofLabel((int) label);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("column " + column + ": " + e.getMessage(), e);
        }
    }

    private static boolean side(Row row, String column) {
        if (row.getAs(VALIDATES) == null) {
            throw new IllegalArgumentException("column " + column + " is null in a row; allowed: true and false");
        }
        return row.<Boolean>getAs(VALIDATES);
    }
}
