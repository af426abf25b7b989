package org.speechemotion.spark;

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
 * The table that scoring writes, one row per input. Columns: path, status ({@code ok} or {@code rejected}), reason (a
 * rejection's code), message, duration_s, emotion ({@code uncertain} below
 * {@code score.abstain-below}), confidence, {@code probability_<emotion>} for each emotion, model_id.
 */
public final class ScoreTable {
    /** Without embeddings. */
    public static final StructType SCHEMA = schema(false);

    private ScoreTable() {}

    /** The columns; the mean of what the encoder gives stands before model_id, as 32-bit floats, where it is asked for. */
    public static StructType schema(boolean embeddings) {
        StructType schema = new StructType()
                .add("path", DataTypes.StringType, false)
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
        return schema.add("model_id", DataTypes.StringType, false);
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
}
