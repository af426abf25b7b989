package org.speechemotion.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.speechemotion.common.Result;

/**
 * Decodes recordings as streams, so memory does not grow with their length, and hashes their bytes on the way. An input that
 * has the size of a content that need not be decoded is hashed before it is decoded: a small one is held in memory meanwhile,
 * a larger one is read twice. It is thread-safe if its opener is.
 *
 * @param <I> the identity of an input
 */
public final class RecordingReader<I> implements RecordingSource<I> {
    /** The size of the largest input that is held in memory; each core of an executor may hold one at a time. */
    private static final int MAX_HELD_BYTES = 16 << 20;

    private final AudioOpener<I> opener;
    private final AudioDecoder decoder;
    private final Channels channels;
    private final DuplicateFilter seen;

    /**
     * Creates a reader.
     *
     * @param channels whether the channels are mixed or separate
     */
    public RecordingReader(AudioOpener<I> opener, AudioDecoder decoder, Channels channels) {
        this(opener, decoder, channels, DuplicateFilter.NONE);
    }

    /** Creates a reader that does not decode some contents. */
    public RecordingReader(AudioOpener<I> opener, AudioDecoder decoder, Channels channels, DuplicateFilter seen) {
        this.opener = opener;
        this.decoder = decoder;
        this.channels = channels;
        this.seen = seen;
    }

    @Override
    public int sampleRate() {
        return decoder.settings().sampleRate();
    }

    @Override
    public Reading read(I input, SampleConsumer consumer) {
        try (HashedStream stream = open(input)) {
            return seen.mightContainSize(stream.length())
                    ? hashThenDecode(input, stream, consumer)
                    : decode(stream, consumer);
        } catch (IOException e) {
            return new Reading.Decoded(Result.rejected(ClipReader.rejection(e)), Optional.empty());
        }
    }

    private Reading hashThenDecode(I input, HashedStream stream, SampleConsumer consumer) throws IOException {
        boolean held = stream.length() <= MAX_HELD_BYTES;
        byte[] bytes = held ? stream.readNBytes((int) stream.length()) : new byte[0];
        String sha256 = stream.sha256();
        if (seen.mightContain(sha256)) {
            return new Reading.Duplicate(sha256);
        }
        if (held) {
            return new Reading.Decoded(
                    decoder.decode(new ByteArrayInputStream(bytes), bytes.length, stream.name(), channels, consumer),
                    Optional.of(sha256));
        }
        try (HashedStream again = open(input)) {
            return decode(again, consumer);
        }
    }

    private Reading decode(HashedStream stream, SampleConsumer consumer) throws IOException {
        Result<SourceFormat> result = decoder.decode(stream, stream.length(), stream.name(), channels, consumer);
        return new Reading.Decoded(result, Optional.of(stream.sha256()));
    }

    private HashedStream open(I input) throws IOException {
        try {
            return new HashedStream(opener.open(input, decoder.settings().maximumBytes()));
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        }
    }
}
