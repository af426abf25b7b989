package org.speechemotion.audio;

import java.io.IOException;
import java.util.Optional;

/**
 * From a path to samples, as a stream: however long the recording, memory does not grow with it. Thread-safe where its
 * source is.
 */
public final class RecordingReader {
    private final AudioSource source;
    private final AudioDecoder decoder;
    private final Channels channels;

    /**
     * Puts the pieces together.
     *
     * @param channels whether they are mixed or given each by itself
     */
    public RecordingReader(AudioSource source, AudioDecoder decoder, Channels channels) {
        this.source = source;
        this.decoder = decoder;
        this.channels = channels;
    }

    /** Of what it gives, in Hz. */
    public int sampleRate() {
        return decoder.settings().sampleRate();
    }

    /**
     * Reads a file to its end. Never throws for what the file is or holds; a file that cannot be read is a rejection too.
     *
     * @param consumer is given the samples; what it throws is thrown on
     */
    public Reading read(String path, SampleConsumer consumer) {
        AudioSource.Opened opened;
        try {
            opened = source.open(path, decoder.settings().maximumBytes());
        } catch (IOException | RuntimeException e) {
            return new Reading(ClipReader.rejection(e), Optional.empty());
        }
        try (HashedStream stream = new HashedStream(opened)) {
            Streamed outcome = decoder.decode(stream, opened.length(), channels, consumer);
            return new Reading(outcome, Optional.of(stream.sha256()));
        } catch (IOException e) {
            return new Reading(ClipReader.rejection(e), Optional.empty());
        }
    }

    /**
     * A file that was read.
     *
     * @param outcome whether its audio went to the consumer
     * @param sha256 of all of its bytes, as 64 hexadecimal digits; nothing where it could not be read to its end
     */
    public record Reading(Streamed outcome, Optional<String> sha256) {}
}
