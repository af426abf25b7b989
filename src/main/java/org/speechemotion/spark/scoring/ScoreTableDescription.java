package org.speechemotion.spark.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.TableSettings;

/**
 * What {@code _scores.json} says of a table.
 *
 * @param schemaVersion of its columns; {@value #SCHEMA_VERSION}, another one where a column changes its meaning
 * @param settings that decide what is in a row, and where: key → value
 */
record ScoreTableDescription(int schemaVersion, SortedMap<String, String> settings) {
    static final int SCHEMA_VERSION = 3;

    private static final String EMBEDDINGS = "score.embeddings";
    private static final String TIMELINE = "score.timeline";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The model is none of them: a table holds rows of as many as there are. */
    static ScoreTableDescription of(
            AudioSettings audio, RecordingSettings recordings, ScoringSettings scoring, TableSettings table) {
        Map<String, Object> settings = Map.ofEntries(
                Map.entry("audio.minimum-seconds", audio.minimumSeconds()),
                Map.entry("score.window-seconds", recordings.windowSeconds()),
                Map.entry("score.hop-seconds", recordings.hopSeconds()),
                Map.entry("score.smoothing-seconds", recordings.smoothingSeconds()),
                Map.entry("score.silence-decibels", recordings.silenceDecibels()),
                Map.entry("score.channels", recordings.channels().name().toLowerCase(Locale.ROOT)),
                Map.entry("score.maximum-seconds", recordings.maximumSeconds()),
                Map.entry("score.maximum-bytes", recordings.maximumBytes()),
                Map.entry("score.abstain-below", scoring.abstainBelow()),
                Map.entry(EMBEDDINGS, scoring.embeddings()),
                Map.entry(TIMELINE, scoring.timeline()),
                Map.entry("score.partition-by", table.partitionBy().id()),
                Map.entry("score.archive.entries", table.archive().entries()),
                Map.entry("score.archive.megabytes", table.archive().megabytes()),
                Map.entry("score.archive.ratio", table.archive().ratio()));
        SortedMap<String, String> texts = new TreeMap<>();
        settings.forEach((key, value) -> texts.put(key, value.toString()));
        return new ScoreTableDescription(SCHEMA_VERSION, texts);
    }

    /** The columns of such a table: CSV has no nested ones. */
    ScoreColumns columns(ScoreFormat format) {
        boolean nested = format != ScoreFormat.CSV;
        return new ScoreColumns(
                nested,
                nested && Boolean.parseBoolean(settings.get(TIMELINE)),
                Boolean.parseBoolean(settings.get(EMBEDDINGS)));
    }

    /** Where this and what a table says of itself differ: {@code score.abstain-below is 0.5 there and 0.0 here}. */
    List<String> differences(ScoreTableDescription there) {
        TreeSet<String> keys = new TreeSet<>(settings.keySet());
        keys.addAll(there.settings.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            String mine = settings.getOrDefault(key, "unknown");
            String other = there.settings.getOrDefault(key, "unknown");
            if (!mine.equals(other)) {
                differences.add(key + " is " + other + " there and " + mine + " here");
            }
        }
        return differences;
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a table's description could not be written", impossible);
        }
    }

    /**
     * Reads what {@link #toJson} writes.
     *
     * @throws IllegalArgumentException where this is no description, or one of another schema version
     */
    static ScoreTableDescription fromJson(byte[] json) {
        ScoreTableDescription read;
        try {
            read = JSON.readValue(json, ScoreTableDescription.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
        if (read == null || read.schemaVersion != SCHEMA_VERSION) {
            throw new IllegalArgumentException("schemaVersion is " + (read == null ? "missing" : read.schemaVersion)
                    + ": this version writes " + SCHEMA_VERSION);
        }
        if (read.settings == null) {
            throw new IllegalArgumentException("settings is missing");
        }
        return read;
    }
}
