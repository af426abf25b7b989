package org.speechemotion.asr;

/** The transcription of one recording that arrives in pieces. The size of the pieces has no influence. It is not thread-safe. */
public interface Recognition {

    /**
     * Accepts the next {@code count} samples.
     *
     * @param samples finite mono samples at the sample rate of the recogniser; the array may be reused afterwards
     * @return whether {@link #soFar} may have changed
     * @throws ArithmeticException if the model computes values that are not finite
     */
    boolean accept(float[] samples, int count);

    /**
     * Returns the words that have been recognised so far. The last one may be incomplete. Later audio does not change the others
     * if the decoding is greedy; a beam search may still change them.
     */
    Transcript soFar();

    /**
     * Ends the recording. It may be called once.
     *
     * @throws ArithmeticException if the model computes values that are not finite
     */
    Transcript finish();
}
