package org.speechemotion.audio;

/**
 * Reads recordings as streams of samples.
 *
 * @param <I> the identity of a recording: a path, or the entry of a listing
 */
public interface RecordingSource<I> {
    /** Returns the sample rate of all samples, in Hz. */
    int sampleRate();

    /**
     * Reads a recording to its end. Nothing about the input makes it throw: a file that cannot be read is a rejection too.
     *
     * @param consumer the consumer of the samples; its exceptions are passed on
     */
    Reading read(I input, SampleConsumer consumer);
}
