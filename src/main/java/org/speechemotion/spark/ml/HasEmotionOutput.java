package org.speechemotion.spark.ml;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a model writes.
 *
 * @param <S> the stage
 */
public interface HasEmotionOutput<S extends HasEmotionOutput<S>> extends HasAudioInput<S> {

    default Param<String> predictionCol() {
        return new Param<>(this, "predictionCol", "column that is written: the likeliest emotion's label, 0 to 7");
    }

    default Param<String> probabilityCol() {
        return new Param<>(
                this, "probabilityCol", "column that is written: a vector of calibrated probabilities in label order");
    }

    default Param<String> emotionCol() {
        return new Param<>(
                this,
                "emotionCol",
                "column that is written: the likeliest emotion, or uncertain (score.abstain-below)");
    }

    default String getPredictionCol() {
        return getOrDefault(predictionCol());
    }

    default S setPredictionCol(String column) {
        return setParam(predictionCol(), column);
    }

    default String getProbabilityCol() {
        return getOrDefault(probabilityCol());
    }

    default S setProbabilityCol(String column) {
        return setParam(probabilityCol(), column);
    }

    default String getEmotionCol() {
        return getOrDefault(emotionCol());
    }

    default S setEmotionCol(String column) {
        return setParam(emotionCol(), column);
    }

    /** Gives the Params of this interface, and of the one below, their defaults. */
    default void setEmotionDefaults() {
        setAudioDefaults();
        setDefault(predictionCol(), "prediction");
        setDefault(probabilityCol(), "probability");
        // Not emotion: tables of labelled speech have a column of that name.
        setDefault(emotionCol(), "predictedEmotion");
    }

    /**
     * The table with the columns of a model after its own.
     *
     * @throws IllegalArgumentException where a column is there already, or the audio's is missing or of another type
     */
    default StructType withEmotionColumns(StructType schema) {
        Columns columns = new Columns(this, schema);
        columns.require(inputCol(), Columns.AUDIO);
        return columns.add(predictionCol(), DataTypes.DoubleType)
                .add(probabilityCol(), SQLDataTypes.VectorType())
                .add(emotionCol(), DataTypes.StringType)
                .add(statusCol(), DataTypes.StringType)
                .add(reasonCol(), DataTypes.StringType)
                .add(messageCol(), DataTypes.StringType)
                .schema();
    }
}
