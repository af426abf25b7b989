package org.speechemotion.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.speechemotion.common.Result;

/**
 * Reads and decodes recordings as streams in bounded memory and hashes their bytes. If the size of a file is that of a
 * known content, the file is hashed before it is decoded: a small file is held in memory, and a larger one is read twice.
 * Thread-safe if its source is.
 */
public final class RecordingReader implements RecordingSource {
    /** The maximum size of a file that is held in memory, which each core of an executor may do at the same time. */
    private static final int MAX_HELD_BYTES = 16 << 20;

    private final AudioSource source;
    private final AudioDecoder decoder;
    private final Channels channels;
    private final SeenContent seen;

    /**
     * Creates a reader.
     *
     * @param channels whether the channels are mixed or separate
     */
    public RecordingReader(AudioSource source, AudioDecoder decoder, Channels channels) {
        this(source, decoder, channels, SeenContent.NONE);
    }

    /** Creates a reader that does not decode known contents. */
    public RecordingReader(AudioSource source, AudioDecoder decoder, Channels channels, SeenContent seen) {
        this.source = source;
        this.decoder = decoder;
        this.channels = channels;
        this.seen = seen;
    }

    @Override
    public int sampleRate() {
        return decoder.settings().sampleRate();
    }

    @Override
    public Reading read(String path, SampleConsumer consumer) {
        try (HashedStream stream = open(path)) {
            return seen.mayHaveSize(stream.length())
                    ? hashThenDecode(path, stream, consumer)
                    : decode(stream, consumer);
        } catch (IOException e) {
            return new Reading.Decoded(Result.rejected(ClipReader.rejection(e)), Optional.empty());
        }
    }

    private Reading hashThenDecode(String path, HashedStream stream, SampleConsumer consumer) throws IOException {
        boolean held = stream.length() <= MAX_HELD_BYTES;
        byte[] bytes = held ? stream.readNBytes((int) stream.length()) : new byte[0];
        String sha256 = stream.sha256();
        if (seen.mayHave(sha256)) {
            return new Reading.Seen(sha256);
        }
        if (held) {
            return new Reading.Decoded(
                    decoder.decode(new ByteArrayInputStream(bytes), bytes.length, channels, consumer),
                    Optional.of(sha256));
        }
        try (HashedStream again = open(path)) {
            return decode(again, consumer);
        }
    }

    private Reading decode(HashedStream stream, SampleConsumer consumer) throws IOException {
        Result<SourceFormat> result = decoder.decode(stream, stream.length(), channels, consumer);
        return new Reading.Decoded(result, Optional.of(stream.sha256()));
    }

    private HashedStream open(String path) throws IOException {
        try {
            return new HashedStream(source.open(path, decoder.settings().maximumBytes()));
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        }
    }
}
