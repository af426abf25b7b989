package org.speechemotion.asr;

/**
 * Transcribes speech. It is immutable and thread-safe until it is closed; each recording has its own {@link Recognition}.
 *
 * <p>A whole signal, such as a segment of live audio, is transcribed by one call of {@link #transcribe}; the times of its words
 * start at 0 s with the first sample, and {@link Transcript#shifted} moves them to their place in a longer recording. A
 * recording that arrives in pieces is transcribed by {@link #begin}, with bounded memory and with the same result.
 */
public interface SpeechRecognizer extends AutoCloseable {

    /** Returns the sample rate of its input in Hz. */
    int sampleRate();

    /** Begins a recording. */
    Recognition begin();

    /**
     * Transcribes a signal.
     *
     * @param samples finite mono samples at {@link #sampleRate()}, of any length; they are not modified
     * @throws ArithmeticException if the model computes values that are not finite
     */
    default Transcript transcribe(float[] samples) {
        Recognition recognition = begin();
        recognition.accept(samples, samples.length);
        return recognition.finish();
    }

    @Override
    void close();
}
