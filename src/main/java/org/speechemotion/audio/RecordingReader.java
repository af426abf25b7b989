package org.speechemotion.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.speechemotion.common.Result;

/**
 * From a path to samples, as a stream: however long the recording, memory does not grow with it. The bytes are hashed on
 * the way. Where their size is that of a content that need not be decoded, they are hashed before: a small file is held
 * meanwhile, a larger one is read twice. Thread-safe where its source is.
 */
public final class RecordingReader implements RecordingSource {
    /** Each core of an executor may hold so many at once. */
    private static final int MOST_HELD_BYTES = 16 << 20;

    private final AudioSource source;
    private final AudioDecoder decoder;
    private final Channels channels;
    private final SeenContent seen;

    /**
     * Puts the pieces together.
     *
     * @param channels whether they are mixed or given each by itself
     */
    public RecordingReader(AudioSource source, AudioDecoder decoder, Channels channels) {
        this(source, decoder, channels, SeenContent.NONE);
    }

    /** The same, but for contents that are left undecoded. */
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
        boolean held = stream.length() <= MOST_HELD_BYTES;
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
