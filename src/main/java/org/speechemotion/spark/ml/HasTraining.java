package org.speechemotion.spark.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.speechemotion.settings.Settings;

/**
 * The Params of the columns that a classifier learns from, and of its training.
 *
 * @param <S> the type of the stage
 */
public interface HasTraining<S extends HasTraining<S>> extends HasEmotionOutput<S> {

    default Param<String> labelCol() {
        return new Param<>(
                this, "labelCol", "column of the emotion: its name (string) or its label, 0 to 7 (a number)");
    }

    default Param<String> groupCol() {
        return new Param<>(this, "groupCol", "column of the speaker, or of another group that is held out as a whole");
    }

    default Param<String> validationIndicatorCol() {
        return new Param<>(
                this,
                "validationIndicatorCol",
                "boolean column of the groups that validate, each wholly; \"\" to draw them by validationRatio and"
                        + " seed");
    }

    default DoubleParam validationRatio() {
        return new DoubleParam(
                this,
                "validationRatio",
                "share of the groups that validate, 0 to below 1; split.validation-ratio of reference.conf",
                ParamValidators.inRange(0, 1, true, false));
    }

    /** Returns the Param of the number of epochs. The name is that of Spark's own iterative estimators. */
    default IntParam maxIter() {
        return new IntParam(
                this,
                "maxIter",
                "number of epochs, which are passes over the training clips; training.epochs",
                ParamValidators.gtEq(1));
    }

    default IntParam batchSize() {
        return new IntParam(this, "batchSize", "clips a step and worker; training.batch-size", ParamValidators.gtEq(1));
    }

    /** Returns the Param of the learning rate. The name is that of Spark's own iterative estimators. */
    default DoubleParam stepSize() {
        return new DoubleParam(
                this,
                "stepSize",
                "initial learning rate of the schedule; training.learning-rate",
                ParamValidators.gt(0));
    }

    default IntParam workers() {
        return new IntParam(
                this,
                "workers",
                "number of workers that train at the same time, which influences the result; 0 for one with an"
                        + " encoder without weights and one per core with any other encoder; training.workers",
                ParamValidators.gtEq(0));
    }

    default LongParam seed() {
        return new LongParam(this, "seed", "of everything that is drawn; training.seed and split.seed");
    }

    default Param<String> runDirectory() {
        return new Param<>(
                this,
                "runDirectory",
                "folder of the driver's machine where each fit leaves its run, as the train command does; \"\" for"
                        + " none");
    }

    default Param<String> stagingDirectory() {
        return new Param<>(
                this,
                "stagingDirectory",
                "folder that all machines reach, for audio that comes as bytes and is read again in every epoch");
    }

    default String getLabelCol() {
        return getOrDefault(labelCol());
    }

    default S setLabelCol(String column) {
        return setParam(labelCol(), column);
    }

    default String getGroupCol() {
        return getOrDefault(groupCol());
    }

    default S setGroupCol(String column) {
        return setParam(groupCol(), column);
    }

    default String getValidationIndicatorCol() {
        return getOrDefault(validationIndicatorCol());
    }

    default S setValidationIndicatorCol(String column) {
        return setParam(validationIndicatorCol(), column);
    }

    default double getValidationRatio() {
        return (double) getOrDefault(validationRatio());
    }

    default S setValidationRatio(double ratio) {
        return setParam(validationRatio(), ratio);
    }

    default int getMaxIter() {
        return (int) getOrDefault(maxIter());
    }

    default S setMaxIter(int epochs) {
        return setParam(maxIter(), epochs);
    }

    /** Returns {@link #getMaxIter}, by the name of the setting. */
    default int getEpochs() {
        return getMaxIter();
    }

    /** Sets {@link #maxIter}, by the name of the setting. */
    default S setEpochs(int number) {
        return setMaxIter(number);
    }

    default int getBatchSize() {
        return (int) getOrDefault(batchSize());
    }

    default S setBatchSize(int clips) {
        return setParam(batchSize(), clips);
    }

    default double getStepSize() {
        return (double) getOrDefault(stepSize());
    }

    default S setStepSize(double rate) {
        return setParam(stepSize(), rate);
    }

    /** Returns {@link #getStepSize}, by the name of the setting. */
    default double getLearningRate() {
        return getStepSize();
    }

    /** Sets {@link #stepSize}, by the name of the setting. */
    default S setLearningRate(double rate) {
        return setStepSize(rate);
    }

    default int getWorkers() {
        return (int) getOrDefault(workers());
    }

    default S setWorkers(int number) {
        return setParam(workers(), number);
    }

    default long getSeed() {
        return (long) getOrDefault(seed());
    }

    default S setSeed(long number) {
        return setParam(seed(), number);
    }

    default String getRunDirectory() {
        return getOrDefault(runDirectory());
    }

    default S setRunDirectory(String folder) {
        return setParam(runDirectory(), folder);
    }

    default String getStagingDirectory() {
        return getOrDefault(stagingDirectory());
    }

    default S setStagingDirectory(String folder) {
        return setParam(stagingDirectory(), folder);
    }

    /** Sets the defaults of the Params of this interface and of those that it extends, from {@code reference.conf}. */
    default void setTrainingDefaults() {
        setEmotionDefaults();
        Settings reference = StageSettings.REFERENCE;
        setDefault(labelCol(), "label");
        setDefault(groupCol(), "group");
        setDefault(validationIndicatorCol(), "");
        setDefault(validationRatio(), reference.number("split.validation-ratio"));
        setDefault(maxIter(), reference.integer("training.epochs"));
        setDefault(batchSize(), reference.integer("training.batch-size"));
        setDefault(stepSize(), reference.number("training.learning-rate"));
        setDefault(workers(), reference.integer("training.workers"));
        setDefault(seed(), (long) reference.integer("training.seed"));
        setDefault(runDirectory(), "");
        setDefault(stagingDirectory(), "");
    }
}
