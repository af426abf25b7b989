package org.speechemotion.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Result;

/**
 * Decodes audio files to mono at one sample rate: WAV, FLAC and MP3 in this process, other formats by ffmpeg in a process of
 * its own. The format is detected from the content; the name counts only for files without a header.
 *
 * <p>Files are not trusted: any bytes give a {@link Result}, in memory bounded by the file's size and the limits of the
 * {@link AudioSettings}. Immutable and thread-safe.
 */
public final class AudioDecoder {

    private final AudioSettings settings;
    private final ReaderSearch readers;

    public AudioDecoder(AudioSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        readers = new ReaderSearch(settings);
    }

    /** Returns the limits and the sample rate. */
    public AudioSettings settings() {
        return settings;
    }

    /**
     * Decodes a whole file: the mean of its channels, resampled by {@link Resampler}. Floating-point samples
     * are not clipped to [-1, 1]; others are.
     *
     * @param file the file's bytes
     * @return its audio, or a rejection; bad bytes throw nothing
     */
    public Result<DecodedAudio> decode(byte[] file) {
        return decode(file, "");
    }

    /**
     * Decodes a whole file, as {@link #decode(byte[])} does.
     *
     * @param name the name of the file, or "": its extension tells the format of a file without a header
     */
    public Result<DecodedAudio> decode(byte[] file, String name) {
        try {
            return decode(new ByteArrayInputStream(file), file.length, name);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Decodes a file from a stream into one waveform, as {@link #decode(byte[])} does.
     *
     * @param length the length of the file in bytes
     * @param name the name of the file, or ""
     * @throws IOException if the stream fails or ends early
     */
    public Result<DecodedAudio> decode(InputStream stream, long length, String name) throws IOException {
        SampleCollector collector = new SampleCollector();
        return decode(stream, length, name, Channels.MIX, collector)
                .map(source -> new DecodedAudio(new Waveform(collector.samples(), settings.sampleRate()), source));
    }

    /**
     * Decodes a file while it is read, in memory that does not grow with it: the same samples, and the same rejections,
     * as of the whole file at once.
     *
     * @param length the length of the file in bytes
     * @param name the name of the file, or "": its extension tells the format of a file without a header
     * @param channels whether the channels are mixed or separate
     * @param consumer the consumer of the samples; its exceptions are passed on
     * @return the format of the file, all of whose samples went to the consumer, or a rejection, which may follow after
     *     some samples
     * @throws IOException if the stream fails or ends early
     */
    public Result<SourceFormat> decode(
            InputStream stream, long length, String name, Channels channels, SampleConsumer consumer)
            throws IOException {
        if (length == 0) {
            return Result.rejected(RejectionReason.EMPTY.rejection("the file has 0 bytes"));
        }
        if (length > settings.maximumBytes()) {
            return Result.rejected(RejectionReason.TOO_LONG.rejection(
                    "the file has " + length + " bytes; allowed: at most " + settings.maximumBytes()));
        }
        ByteInput input = new ByteInput(stream, length);
        Tags.skipAll(input);
        byte[] head = input.ahead(FileSignature.LOOKED_AT);
        long start = input.position();
        Optional<ContainerReader> reader = readers.find(input, head, name);
        if (reader.isEmpty()) {
            return Result.rejected(RejectionReason.UNSUPPORTED.rejection(
                    "the file begins with " + FileSignature.describe(head) + "; allowed: " + readers.allowed()));
        }
        SampleSink sink = new SampleSink(settings, reader.get().container(), channels, consumer);
        if (input.position() > start) {
            sink.note((input.position() - start) + " bytes before the audio were skipped");
        }
        return decode(input, reader.get(), sink);
    }

    private static Result<SourceFormat> decode(ByteInput input, ContainerReader reader, SampleSink sink)
            throws IOException {
        try {
            reader.read(input, sink);
            return Result.accepted(sink.finish());
        } catch (RejectedException rejected) {
            return Result.rejected(rejected.rejection().at(reader.container()));
        }
    }
}
