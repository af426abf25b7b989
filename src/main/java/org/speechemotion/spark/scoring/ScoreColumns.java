package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.acoustics.AcousticProperty;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;

/**
 * The columns of scores. There is one row for each input, with path, status ({@code ok} or {@code rejected}), reason (the code of
 * a rejection), message (of a rejection, or a minor fault of a file that was scored), duration_s, speech_s, emotion
 * ({@code silence} without speech, {@code uncertain} below {@code score.abstain-below}), confidence, entropy (in bits),
 * {@code probability_<emotion>} for each emotion, channels, timeline, call, acoustics, speakers, embedding, text and words (of a speech recogniser) and
 * model_id. A table adds the origin of the row:
 * content (SHA-256 of the input's bytes in hexadecimal digits, null if it was not read to its end), bytes and modified (of the
 * input as it was listed), scored_at, and run (the time at which the run began).
 *
 * @param emotions the emotions of the model
 * @param parts the columns in addition to those that every table has
 */
record ScoreColumns(EmotionSet emotions, Set<Part> parts) implements Serializable {
    /** A column, or a group of columns, that a table may have. */
    enum Part {
        /** A summary of each channel. */
        CHANNELS,
        /** The segments of each channel. */
        TIMELINE,
        EMBEDDINGS,
        /** The text and, where columns may be nested, the words; segments of a timeline have both too. */
        TRANSCRIPTS,
        /** Statistics of the speaking times in a call. */
        CALLS,
        /** The acoustic properties of each channel. */
        ACOUSTICS,
        /** The scores of speakers whose turns are known. */
        SPEAKERS
    }

    static final String OK = "ok";
    static final String REJECTED = "rejected";
    static final String PATH = "path";
    static final String STATUS = "status";
    static final String REASON = "reason";
    static final String MESSAGE = "message";
    static final String DURATION = "duration_s";
    static final String EMOTION = "emotion";
    static final String MODEL = "model_id";
    static final String CONTENT = "content";
    static final String BYTES = "bytes";
    static final String MODIFIED = "modified";
    static final String RUN = "run";
    static final String PROBABILITY = "probability_";
    static final String ACOUSTICS = "acoustics";
    static final String SCORED_AT = "scored_at";

    ScoreColumns(EmotionSet emotions, Part... parts) {
        this(emotions, Set.of(parts));
    }

    /** Returns these columns with another part, or these if it is not wanted. */
    ScoreColumns with(Part part, boolean wanted) {
        if (!wanted) {
            return this;
        }
        Set<Part> more = EnumSet.of(part);
        more.addAll(parts);
        return new ScoreColumns(emotions, more);
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    /** Returns the name of a property within {@value #ACOUSTICS}, such as {@code signal_to_noise}. */
    static String column(AcousticProperty property) {
        return property.id().replace('-', '_');
    }

    /** Returns the columns that identify an input. */
    static String[] key() {
        return new String[] {PATH, BYTES, MODIFIED};
    }

    /** Returns the columns of a result. */
    StructType result() {
        StructType schema = new StructType()
                .add(PATH, DataTypes.StringType, false)
                .add(STATUS, DataTypes.StringType, false)
                .add(REASON, DataTypes.StringType)
                .add(MESSAGE, DataTypes.StringType)
                .add(DURATION, DataTypes.DoubleType)
                .add("speech_s", DataTypes.DoubleType)
                .add("emotion", DataTypes.StringType)
                .add("confidence", DataTypes.FloatType)
                .add("entropy", DataTypes.DoubleType);
        schema = perEmotion(schema, PROBABILITY);
        if (has(Part.CHANNELS)) {
            schema = schema.add("channels", DataTypes.createArrayType(channel(), false));
        }
        if (has(Part.TIMELINE)) {
            schema = schema.add("timeline", DataTypes.createArrayType(segment(), false));
        }
        if (has(Part.CALLS)) {
            schema = schema.add("call", call());
        }
        if (has(Part.ACOUSTICS)) {
            schema = schema.add(ACOUSTICS, DataTypes.createArrayType(profile(), false));
        }
        if (has(Part.SPEAKERS)) {
            schema = schema.add("speakers", DataTypes.createArrayType(speaker(), false));
        }
        if (has(Part.EMBEDDINGS)) {
            schema = schema.add("embedding", DataTypes.createArrayType(DataTypes.FloatType, false));
        }
        if (has(Part.TRANSCRIPTS)) {
            schema = schema.add("text", DataTypes.StringType);
            if (has(Part.CHANNELS)) {
                schema = schema.add("words", words());
            }
        }
        return schema.add(MODEL, DataTypes.StringType, false);
    }

    /** Returns the columns of a table: those of a result and of its origin. */
    StructType table() {
        return result().add(CONTENT, DataTypes.StringType)
                .add(BYTES, DataTypes.LongType, false)
                .add(MODIFIED, DataTypes.TimestampType, false)
                .add(SCORED_AT, DataTypes.TimestampType, false)
                .add(RUN, DataTypes.StringType, false);
    }

    private DataType channel() {
        StructType schema = new StructType()
                .add("channel", DataTypes.IntegerType, false)
                .add("speech_s", DataTypes.DoubleType, false)
                .add("emotion", DataTypes.StringType, false)
                .add("confidence", DataTypes.FloatType)
                .add("entropy", DataTypes.DoubleType);
        return perEmotion(perEmotion(schema, PROBABILITY), "share_")
                .add("share_" + Probabilities.UNCERTAIN, DataTypes.FloatType);
    }

    private DataType speaker() {
        StructType schema = new StructType()
                .add("speaker", DataTypes.StringType, false)
                .add("channel", DataTypes.IntegerType, false)
                .add("speech_s", DataTypes.DoubleType, false)
                .add("emotion", DataTypes.StringType, false)
                .add("confidence", DataTypes.FloatType)
                .add("entropy", DataTypes.DoubleType);
        schema = talk(perEmotion(perEmotion(schema, PROBABILITY), "share_")
                .add("share_" + Probabilities.UNCERTAIN, DataTypes.FloatType));
        if (has(Part.TRANSCRIPTS)) {
            schema = schema.add("text", DataTypes.StringType, false)
                    .add("words_per_minute", DataTypes.DoubleType, false);
        }
        return has(Part.TIMELINE) ? schema.add("timeline", DataTypes.createArrayType(scored(), false)) : schema;
    }

    private static DataType words() {
        return DataTypes.createArrayType(
                new StructType()
                        .add("channel", DataTypes.IntegerType, false)
                        .add("word", DataTypes.StringType, false)
                        .add("start_s", DataTypes.DoubleType, false)
                        .add("end_s", DataTypes.DoubleType, false)
                        .add("confidence", DataTypes.FloatType, false),
                false);
    }

    /** Returns the columns of a segment, without those of words. */
    private StructType scored() {
        StructType schema = new StructType()
                .add("channel", DataTypes.IntegerType, false)
                .add("start_s", DataTypes.DoubleType, false)
                .add("end_s", DataTypes.DoubleType, false)
                .add("emotion", DataTypes.StringType, false)
                .add("confidence", DataTypes.FloatType);
        return perEmotion(schema, PROBABILITY);
    }

    private DataType segment() {
        StructType schema = scored();
        return has(Part.TRANSCRIPTS)
                ? schema.add("text", DataTypes.StringType, false).add("words", words())
                : schema;
    }

    /** Adds the columns that a side of a call and a speaker have in common. */
    private static StructType talk(StructType schema) {
        return schema.add("talk_share", DataTypes.DoubleType, false)
                .add("turns", DataTypes.IntegerType, false)
                .add("interruptions", DataTypes.IntegerType, false)
                .add("loudness_db", DataTypes.DoubleType)
                .add("first_emotion", DataTypes.StringType, false)
                .add("last_emotion", DataTypes.StringType, false);
    }

    private DataType call() {
        StructType side = talk(new StructType()
                .add("channel", DataTypes.IntegerType, false)
                .add("talk_s", DataTypes.DoubleType, false));
        if (has(Part.SPEAKERS)) {
            side = side.add("speaker", DataTypes.StringType);
        }
        return new StructType()
                .add("silence_s", DataTypes.DoubleType, false)
                .add("overlap_s", DataTypes.DoubleType, false)
                .add("sides", DataTypes.createArrayType(side, false), false);
    }

    private static DataType profile() {
        StructType schema = new StructType().add("channel", DataTypes.IntegerType, false);
        for (AcousticProperty property : AcousticProperty.values()) {
            schema = schema.add(column(property), DataTypes.DoubleType);
        }
        return schema;
    }

    private StructType perEmotion(StructType schema, String prefix) {
        StructType all = schema;
        for (String emotion : emotions.ids()) {
            all = all.add(prefix + emotion, DataTypes.FloatType);
        }
        return all;
    }
}
