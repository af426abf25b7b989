package org.speechemotion.spark;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.infer.Score;

/**
 * What scoring gives, one row per input. Columns: path, status ({@code ok} or {@code rejected}), reason (a
 * rejection's code), message, duration_s, emotion ({@code uncertain} below
 * {@code score.abstain-below}), confidence, {@code probability_<emotion>} for each emotion, model_id; and in a table, where
 * the row comes from: content (SHA-256 of the input's bytes in hex, null where they were not read), bytes and modified (of
 * the input as it was listed), scored_at, run (when that run began).
 */
public final class ScoreTable {
    /** Without embeddings. */
    public static final StructType SCHEMA = schema(false);

    private static final String PATH = "path";
    static final String MODEL = "model_id";
    static final String CONTENT = "content";
    static final String BYTES = "bytes";
    static final String MODIFIED = "modified";
    static final String RUN = "run";
    private static final String SCORED_AT = "scored_at";

    private ScoreTable() {}

    /** The columns that tell an input from all others. */
    static String[] key() {
        return new String[] {PATH, BYTES, MODIFIED};
    }

    /** The columns of a table: those of {@link #schema}, and where the row comes from. */
    public static StructType table(boolean embeddings) {
        return schema(embeddings)
                .add(CONTENT, DataTypes.StringType)
                .add(BYTES, DataTypes.LongType, false)
                .add(MODIFIED, DataTypes.TimestampType, false)
                .add(SCORED_AT, DataTypes.TimestampType, false)
                .add(RUN, DataTypes.StringType, false);
    }

    /** The columns; the mean of what the encoder gives stands before model_id, as 32-bit floats, where it is asked for. */
    public static StructType schema(boolean embeddings) {
        StructType schema = new StructType()
                .add(PATH, DataTypes.StringType, false)
                .add("status", DataTypes.StringType, false)
                .add("reason", DataTypes.StringType)
                .add("message", DataTypes.StringType)
                .add("duration_s", DataTypes.DoubleType)
                .add("emotion", DataTypes.StringType)
                .add("confidence", DataTypes.FloatType);
        for (Emotion emotion : Emotion.values()) {
            schema = schema.add("probability_" + emotion.id(), DataTypes.FloatType);
        }
        if (embeddings) {
            schema = schema.add("embedding", DataTypes.createArrayType(DataTypes.FloatType, false));
        }
        return schema.add(MODEL, DataTypes.StringType, false);
    }

    static Row row(Score score, String modelId, ScoringSettings settings) {
        boolean embeddings = settings.embeddings();
        List<Object> values = new ArrayList<>();
        if (score instanceof Score.Scored scored) {
            values.addAll(Arrays.asList(
                    scored.path(),
                    Catalog.OK,
                    null,
                    null,
                    scored.durationSeconds(),
                    scored.answer(settings.abstainBelow())));
            values.add(scored.confidence());
            for (float probability : scored.probabilities()) {
                values.add(probability);
            }
            if (embeddings) {
                values.add(scored.embedding().orElseThrow());
            }
        } else if (score instanceof Score.Rejected rejected) {
            values.addAll(Arrays.asList(
                    rejected.path(), Catalog.REJECTED, rejected.reason().code(), rejected.message(), null, null, null));
            values.addAll(Arrays.asList(new Object[Emotion.count() + (embeddings ? 1 : 0)]));
        }
        values.add(modelId);
        return RowFactory.create(values.toArray());
    }

    /**
     * A row of a table.
     *
     * @param result see {@link #row}
     * @param content null where it was not read
     * @param run when it began, ISO-8601
     */
    static Row written(Row result, ScoringInput input, String content, Timestamp scoredAt, String run) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < result.size(); i++) {
            values.add(result.get(i));
        }
        values.addAll(Arrays.asList(content, input.bytes(), new Timestamp(input.modified()), scoredAt, run));
        return RowFactory.create(values.toArray());
    }

    /** The row of an input whose content has one already, under whatever name, by the same model. */
    static Row copied(Row original, ScoringInput input, Timestamp scoredAt, String run) {
        Object[] result = new Object[original.fieldIndex(CONTENT)];
        for (int i = 0; i < result.length; i++) {
            result[i] = original.get(i);
        }
        result[original.fieldIndex(PATH)] = input.path();
        return written(RowFactory.create(result), input, original.getAs(CONTENT), scoredAt, run);
    }
}
