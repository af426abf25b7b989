package org.speechemotion.spark.ml;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * The Params that all stages have: the column of the audio, the treatment of rejected audio, and the settings.
 *
 * @param <S> the type of the stage
 */
public interface HasAudioInput<S extends HasAudioInput<S>> extends Params {
    /** Rows without a result are kept. */
    String KEEP = "keep";
    /** Rows without a result are removed. */
    String SKIP = "skip";

    default Param<String> inputCol() {
        return new Param<>(this, "inputCol", "column of the audio: a path (string), or the bytes of a file (binary)");
    }

    default Param<String> statusCol() {
        return new Param<>(this, "statusCol", "column that is written: ok or rejected");
    }

    default Param<String> reasonCol() {
        return new Param<>(this, "reasonCol", "column that is written: a rejection's reason, such as unreadable");
    }

    default Param<String> messageCol() {
        return new Param<>(this, "messageCol", "column that is written: the message of a rejection");
    }

    default Param<String> handleInvalid() {
        return new Param<>(
                this,
                "handleInvalid",
                "treatment of rows whose audio is rejected: keep (their results are null) or skip (they are left"
                        + " out)",
                ParamValidators.<String>inArray(List.of(KEEP, SKIP)));
    }

    default Param<String> encoderPath() {
        return new Param<>(
                this, "encoderPath", "folder of a HuBERT, wav2vec 2.0 or WavLM; encoder.path of reference.conf");
    }

    default Param<String> settings() {
        return new Param<>(
                this,
                "settings",
                "HOCON over reference.conf, for everything that has no Param; Params that are set win");
    }

    default String getInputCol() {
        return getOrDefault(inputCol());
    }

    default S setInputCol(String column) {
        return setParam(inputCol(), column);
    }

    default String getStatusCol() {
        return getOrDefault(statusCol());
    }

    default S setStatusCol(String column) {
        return setParam(statusCol(), column);
    }

    default String getReasonCol() {
        return getOrDefault(reasonCol());
    }

    default S setReasonCol(String column) {
        return setParam(reasonCol(), column);
    }

    default String getMessageCol() {
        return getOrDefault(messageCol());
    }

    default S setMessageCol(String column) {
        return setParam(messageCol(), column);
    }

    default String getHandleInvalid() {
        return getOrDefault(handleInvalid());
    }

    default S setHandleInvalid(String keepOrSkip) {
        return setParam(handleInvalid(), keepOrSkip);
    }

    default String getEncoderPath() {
        return getOrDefault(encoderPath());
    }

    default S setEncoderPath(String folder) {
        return setParam(encoderPath(), folder);
    }

    default String getSettings() {
        return getOrDefault(settings());
    }

    default S setSettings(String hocon) {
        return setParam(settings(), hocon);
    }

    /** Sets a Param. */
    @SuppressWarnings("unchecked") // S is the class itself
    default <T> S setParam(Param<T> param, T value) {
        set(param, value);
        return (S) this;
    }

    /** Sets the defaults of the Params of this interface. */
    default void setAudioDefaults() {
        setDefault(inputCol(), "path");
        setDefault(statusCol(), "status");
        setDefault(reasonCol(), "reason");
        setDefault(messageCol(), "message");
        setDefault(handleInvalid(), KEEP);
        setDefault(encoderPath(), "");
        setDefault(settings(), "");
    }
}
