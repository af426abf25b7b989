package org.speechemotion.audio;

/** Gives recordings as streams of samples, however it comes by them. */
public interface RecordingSource {
    /** Of what it gives, in Hz. */
    int sampleRate();

    /**
     * Reads a file to its end. Never throws for what the file is or holds; a file that cannot be read is a rejection too.
     *
     * @param consumer is given the samples; what it throws is thrown on
     */
    Reading read(String path, SampleConsumer consumer);
}
