package org.speechemotion.spark.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.SpeakerTurns;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.spark.scoring.ScoreColumns.Part;

/**
 * The content of {@code _scores.json}, which describes a table of scores.
 *
 * @param schemaVersion the version of the columns; it changes when a column changes its meaning, and is now
 *     {@value #SCHEMA_VERSION}
 * @param settings the settings that decide the content of rows and the folders that they are in: key → value
 */
record ScoreTableDescription(int schemaVersion, SortedMap<String, String> settings) {
    static final int SCHEMA_VERSION = 3;

    private static final String ACOUSTICS = "score.acoustics";
    private static final String CALLS = "score.calls";
    private static final String EMBEDDINGS = "score.embeddings";
    /** The source of the speakers' turns: a file, which may grow, or clustering. */
    private static final String SPEAKERS = "score.speakers";

    private static final String SPEAKER_COUNT = "score.speaker-count";

    private static final String TIMELINE = "score.timeline";
    private static final String VIEWS = "score.views";
    /** The fingerprint of the speech recogniser, without which a table has no transcripts. */
    static final String RECOGNIZER = "asr.fingerprint";

    /** The precision of the encoder; it is float32 if a table does not name it. */
    private static final String PRECISION = "encoder.precision";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * The settings of {@code score} that do not decide the content of a row. All others do, so that a new setting is compared unless
     * it is added here.
     */
    static final Set<String> WITHOUT_EFFECT_ON_ROWS = Set.of(
            "score.batch-size",
            "score.commit-files",
            "score.commit-megabytes",
            "score.export",
            "score.max-rejected-share",
            "score.rescore");

    /** The emotions of the models, which are in the description if they are not the eight. */
    private static final String EMOTIONS = "emotions";

    /** The values of the keys that older tables lack. */
    private static final Map<String, String> WHERE_ABSENT = Map.of(
            EMOTIONS,
            EmotionSet.EIGHT.toString(),
            PRECISION,
            "float32",
            ACOUSTICS,
            Boolean.toString(false),
            VIEWS,
            "1");

    /**
     * Describes a table of {@link EmotionSet#EIGHT}. The model is not part of the description, because a table may hold rows of
     * several models.
     */
    static ScoreTableDescription of(
            AudioSettings audio, RecordingSettings recordings, ScoringSettings scoring, TableSettings table) {
        return of(EmotionSet.EIGHT, audio, recordings, scoring, table, Map.of(), Precision.FLOAT32);
    }

    /**
     * Describes a table.
     *
     * @param emotions the emotions of the model
     * @param recognizer the settings of {@code asr} that decide the words; empty for a table without them
     * @param precision the precision of the encoder, which is part of the description unless it is the usual one
     */
    static ScoreTableDescription of(
            EmotionSet emotions,
            AudioSettings audio,
            RecordingSettings recordings,
            ScoringSettings scoring,
            TableSettings table,
            Map<String, String> recognizer,
            Precision precision) {
        SortedMap<String, String> settings = new TreeMap<>();
        for (Record section : List.of(recordings, scoring, table)) {
            addComponents("score", section, settings);
        }
        settings.keySet().removeAll(WITHOUT_EFFECT_ON_ROWS);
        settings.put("audio.minimum-seconds", Double.toString(audio.minimumSeconds()));
        settings.putAll(recognizer);
        if (!emotions.equals(EmotionSet.EIGHT)) {
            settings.put(EMOTIONS, emotions.toString());
        }
        if (precision != Precision.FLOAT32) {
            settings.put(PRECISION, precision.name().toLowerCase(Locale.ROOT));
        }
        return new ScoreTableDescription(SCHEMA_VERSION, settings);
    }

    /** Returns the description of the same table with the scores of speakers, or without if there are no turns. */
    ScoreTableDescription with(SpeakerTurns turns) {
        if (turns.isEmpty()) {
            return this;
        }
        SortedMap<String, String> more = new TreeMap<>(settings);
        more.put(SPEAKERS, turns.clusters() == 0 ? "true" : "cluster");
        if (turns.clusters() > 0) {
            more.put(SPEAKER_COUNT, Integer.toString(turns.clusters()));
        }
        return new ScoreTableDescription(schemaVersion, more);
    }

    /** Adds the components of a record by the keys that they are bound to. */
    private static void addComponents(String section, Record record, Map<String, String> settings) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String key = section + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            Object value;
            try {
                value = component.getAccessor().invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("component " + component + " cannot be read", e);
            }
            if (value instanceof Record nested) {
                addComponents(key, nested, settings);
            } else if (value instanceof Enum<?> choice) {
                settings.put(key, choice.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            } else {
                settings.put(key, String.valueOf(value));
            }
        }
    }

    /** Returns the columns of the table; CSV has no nested ones. */
    ScoreColumns columns(ScoreFormat format) {
        boolean nested = format != ScoreFormat.CSV;
        EmotionSet emotions = EmotionSet.ofModel(List.of(
                settings.getOrDefault(EMOTIONS, EmotionSet.EIGHT.toString()).split(", ")));
        return new ScoreColumns(emotions)
                .with(Part.CHANNELS, nested)
                .with(Part.TIMELINE, nested && Boolean.parseBoolean(settings.get(TIMELINE)))
                .with(Part.EMBEDDINGS, Boolean.parseBoolean(settings.get(EMBEDDINGS)))
                .with(Part.TRANSCRIPTS, settings.containsKey(RECOGNIZER))
                .with(Part.CALLS, nested && Boolean.parseBoolean(settings.get(CALLS)))
                .with(Part.ACOUSTICS, nested && Boolean.parseBoolean(settings.get(ACOUSTICS)))
                .with(Part.SPEAKERS, nested && settings.containsKey(SPEAKERS));
    }

    /** Returns the differences from another description, such as {@code score.abstain-below is 0.5 there and 0.0 here}. */
    List<String> differences(ScoreTableDescription there) {
        TreeSet<String> keys = new TreeSet<>(settings.keySet());
        keys.addAll(there.settings.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            String absent = WHERE_ABSENT.getOrDefault(key, "unknown");
            String mine = settings.getOrDefault(key, absent);
            String other = there.settings.getOrDefault(key, absent);
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
     * Reads the JSON of {@link #toJson}.
     *
     * @throws IllegalArgumentException if the text is not a description, or one of another schema version
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
