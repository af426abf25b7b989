package org.speechemotion.asr;

/** The transcription of one recording that arrives in pieces. The size of the pieces has no influence. Not thread-safe. */
public interface Recognition {

    /**
     * Accepts the next {@code count} samples.
     *
     * @param samples finite mono samples at the sample rate of the recogniser; the array may be reused afterwards
     * @throws ArithmeticException if the model computes values that are not finite
     */
    void accept(float[] samples, int count);

    /**
     * Ends the recording. It may be called once.
     *
     * @throws ArithmeticException if the model computes values that are not finite
     */
    Transcript finish();
}
