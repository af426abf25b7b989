package org.speechemotion.spark.scoring;

import java.io.Serializable;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.Probabilities;

/**
 * The columns of scores. There is one row for each input, with path, status ({@code ok} or {@code rejected}), reason (the code of
 * a rejection), message (of a rejection, or a minor fault of a file that was scored), duration_s, speech_s, emotion
 * ({@code silence} without speech, {@code uncertain} below {@code score.abstain-below}), confidence, entropy (in bits),
 * {@code probability_<emotion>} for each emotion, channels, timeline, call, speakers, embedding, text and words (of a speech recogniser) and
 * model_id. A table adds the origin of the row:
 * content (SHA-256 of the input's bytes in hexadecimal digits, null if it was not read to its end), bytes and modified (of the
 * input as it was listed), scored_at, and run (the time at which the run began).
 *
 * @param channels whether there is a summary of each channel
 * @param timeline whether there are the segments of each channel
 * @param embeddings whether there is an embedding
 * @param transcripts whether there is a text, and, where columns may be nested, words; segments of a timeline have both too
 * @param calls whether there is who speaks how much
 * @param speakers whether there are the scores of speakers who are known by their turns
 */
record ScoreColumns(
        boolean channels, boolean timeline, boolean embeddings, boolean transcripts, boolean calls, boolean speakers)
        implements Serializable {
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
    static final String SCORED_AT = "scored_at";

    /** Columns without transcripts and statistics of calls. */
    ScoreColumns(boolean channels, boolean timeline, boolean embeddings) {
        this(channels, timeline, embeddings, false);
    }

    /** Columns without statistics of calls. */
    ScoreColumns(boolean channels, boolean timeline, boolean embeddings, boolean transcripts) {
        this(channels, timeline, embeddings, transcripts, false);
    }

    /** Columns without speakers. */
    ScoreColumns(boolean channels, boolean timeline, boolean embeddings, boolean transcripts, boolean calls) {
        this(channels, timeline, embeddings, transcripts, calls, false);
    }

    /** The columns that identify an input. */
    static String[] key() {
        return new String[] {PATH, BYTES, MODIFIED};
    }

    /** The columns of a result. */
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
        schema = perEmotion(schema, "probability_");
        if (channels) {
            schema = schema.add("channels", DataTypes.createArrayType(channel(), false));
        }
        if (timeline) {
            schema = schema.add("timeline", DataTypes.createArrayType(segment(), false));
        }
        if (calls) {
            schema = schema.add("call", call());
        }
        if (speakers) {
            schema = schema.add("speakers", DataTypes.createArrayType(speaker(), false));
        }
        if (embeddings) {
            schema = schema.add("embedding", DataTypes.createArrayType(DataTypes.FloatType, false));
        }
        if (transcripts) {
            schema = schema.add("text", DataTypes.StringType);
            if (channels) {
                schema = schema.add("words", words());
            }
        }
        return schema.add(MODEL, DataTypes.StringType, false);
    }

    /** The columns of a table: those of a result and of its origin. */
    StructType table() {
        return result().add(CONTENT, DataTypes.StringType)
                .add(BYTES, DataTypes.LongType, false)
                .add(MODIFIED, DataTypes.TimestampType, false)
                .add(SCORED_AT, DataTypes.TimestampType, false)
                .add(RUN, DataTypes.StringType, false);
    }

    private static DataType channel() {
        StructType schema = new StructType()
                .add("channel", DataTypes.IntegerType, false)
                .add("speech_s", DataTypes.DoubleType, false)
                .add("emotion", DataTypes.StringType, false)
                .add("confidence", DataTypes.FloatType)
                .add("entropy", DataTypes.DoubleType);
        return perEmotion(perEmotion(schema, "probability_"), "share_")
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
        schema = perEmotion(perEmotion(schema, "probability_"), "share_")
                .add("share_" + Probabilities.UNCERTAIN, DataTypes.FloatType)
                .add("talk_share", DataTypes.DoubleType, false)
                .add("turns", DataTypes.IntegerType, false)
                .add("interruptions", DataTypes.IntegerType, false)
                .add("loudness_db", DataTypes.DoubleType)
                .add("first_emotion", DataTypes.StringType, false)
                .add("last_emotion", DataTypes.StringType, false);
        if (transcripts) {
            schema = schema.add("text", DataTypes.StringType, false)
                    .add("words_per_minute", DataTypes.DoubleType, false);
        }
        return timeline ? schema.add("timeline", DataTypes.createArrayType(scored(), false)) : schema;
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

    /** The columns of a segment, without those of words. */
    private static StructType scored() {
        StructType schema = new StructType()
                .add("channel", DataTypes.IntegerType, false)
                .add("start_s", DataTypes.DoubleType, false)
                .add("end_s", DataTypes.DoubleType, false)
                .add("emotion", DataTypes.StringType, false)
                .add("confidence", DataTypes.FloatType);
        return perEmotion(schema, "probability_");
    }

    private DataType segment() {
        StructType schema = scored();
        return transcripts ? schema.add("text", DataTypes.StringType, false).add("words", words()) : schema;
    }

    private static DataType call() {
        StructType side = new StructType()
                .add("channel", DataTypes.IntegerType, false)
                .add("talk_s", DataTypes.DoubleType, false)
                .add("talk_share", DataTypes.DoubleType, false)
                .add("turns", DataTypes.IntegerType, false)
                .add("interruptions", DataTypes.IntegerType, false)
                .add("loudness_db", DataTypes.DoubleType)
                .add("first_emotion", DataTypes.StringType, false)
                .add("last_emotion", DataTypes.StringType, false);
        return new StructType()
                .add("silence_s", DataTypes.DoubleType, false)
                .add("overlap_s", DataTypes.DoubleType, false)
                .add("sides", DataTypes.createArrayType(side, false), false);
    }

    private static StructType perEmotion(StructType schema, String prefix) {
        StructType all = schema;
        for (Emotion emotion : Emotion.values()) {
            all = all.add(prefix + emotion.id(), DataTypes.FloatType);
        }
        return all;
    }
}
