package org.speechemotion.spark.ml;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The Params of the columns that a model writes.
 *
 * @param <S> the type of the stage
 */
public interface HasEmotionOutput<S extends HasEmotionOutput<S>> extends HasAudioInput<S> {

    default Param<String> predictionCol() {
        return new Param<>(this, "predictionCol", "column that is written: the likeliest emotion's label, 0 to 7");
    }

    default Param<String> rawPredictionCol() {
        return new Param<>(
                this,
                "rawPredictionCol",
                "column that is written: a vector of the natural logarithms of the probabilities, in label order");
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

    default String getRawPredictionCol() {
        return getOrDefault(rawPredictionCol());
    }

    default S setRawPredictionCol(String column) {
        return setParam(rawPredictionCol(), column);
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

    /** Sets the defaults of the Params of this interface and of the one that it extends. */
    default void setEmotionDefaults() {
        setAudioDefaults();
        setDefault(predictionCol(), "prediction");
        setDefault(rawPredictionCol(), "rawPrediction");
        setDefault(probabilityCol(), "probability");
        // The name is not "emotion", because tables of labelled speech have such a column.
        setDefault(emotionCol(), "predictedEmotion");
    }

    /**
     * Returns the columns of the table and, after them, those of the model.
     *
     * @throws IllegalArgumentException if a column exists already, or that of the audio is missing or has another type
     */
    default StructType withEmotionColumns(StructType schema) {
        Columns columns = new Columns(this, schema);
        columns.require(inputCol(), Columns.AUDIO);
        return columns.add(predictionCol(), DataTypes.DoubleType)
                .add(rawPredictionCol(), SQLDataTypes.VectorType())
                .add(probabilityCol(), SQLDataTypes.VectorType())
                .add(emotionCol(), DataTypes.StringType)
                .addStatus(this)
                .schema();
    }
}
