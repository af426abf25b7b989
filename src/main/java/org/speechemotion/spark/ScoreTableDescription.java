package org.speechemotion.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.speechemotion.audio.AudioSettings;

/**
 * What {@code _scores.json} says of a table.
 *
 * @param schemaVersion of its columns; {@value #SCHEMA_VERSION}, another one where a column changes its meaning
 * @param settings that decide what is in a row, and where: key → value
 */
record ScoreTableDescription(int schemaVersion, SortedMap<String, String> settings) {
    static final int SCHEMA_VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The model is none of them: a table holds rows of as many as there are. */
    static ScoreTableDescription of(AudioSettings audio, ScoringSettings scoring, TableSettings table) {
        return new ScoreTableDescription(
                SCHEMA_VERSION,
                new TreeMap<>(Map.of(
                        "audio.minimum-seconds", String.valueOf(audio.minimumSeconds()),
                        "audio.maximum-seconds", String.valueOf(audio.maximumSeconds()),
                        "audio.maximum-bytes", String.valueOf(audio.maximumBytes()),
                        "score.abstain-below", String.valueOf(scoring.abstainBelow()),
                        "score.embeddings", String.valueOf(scoring.embeddings()),
                        "score.partition-by", table.partitionBy().id(),
                        "score.archive.entries", String.valueOf(table.archive().entries()),
                        "score.archive.megabytes",
                                String.valueOf(table.archive().megabytes()),
                        "score.archive.ratio", String.valueOf(table.archive().ratio()))));
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
