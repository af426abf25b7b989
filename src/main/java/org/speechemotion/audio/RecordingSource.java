package org.speechemotion.audio;

/** A source of recordings as streams of samples. */
public interface RecordingSource {
    /** Returns the sample rate of the samples in Hz. */
    int sampleRate();

    /**
     * Reads a file to its end. The content of a file never causes an exception; a file that cannot be read is rejected.
     *
     * @param consumer the consumer of the samples; its exceptions are passed on
     */
    Reading read(String path, SampleConsumer consumer);
}
