package org.speechemotion.train;

import java.io.IOException;
import java.util.Optional;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.BoundedCache;
import org.speechemotion.common.Result;

/** Reads and decodes the waveforms of examples, through a cache. It is thread-safe. */
public final class ClipLoader {
    private final ClipReader reader;
    private final BoundedCache<Waveform> cache;

    public ClipLoader(ClipReader reader, BoundedCache<Waveform> cache) {
        this.reader = reader;
        this.cache = cache;
    }

    /** Creates a loader without a cache. */
    public ClipLoader(ClipReader reader) {
        this(reader, new BoundedCache<>(0, Waveform::sizeInBytes));
    }

    /**
     * Loads a clip.
     *
     * @return the waveform, which is shared and must not be modified
     * @throws IOException if a clip that the catalog lists as usable can no longer be read or decoded
     */
    public Waveform load(Example example) throws IOException {
        return read(example)
                .orElseThrow(rejection -> new IOException(
                        example.path() + " was usable when it was catalogued, but is now " + rejection.text()));
    }

    /** Loads a clip if it can still be read; see {@link #load}. */
    public Optional<Waveform> find(Example example) {
        return read(example) instanceof Result.Accepted<Waveform> accepted
                ? Optional.of(accepted.value())
                : Optional.empty();
    }

    private Result<Waveform> read(Example example) {
        String key = key(reader.sampleRate(), example.path());
        Optional<Waveform> known = cache.get(key);
        if (known.isPresent()) {
            return Result.accepted(known.get());
        }
        Result<Waveform> decoded = reader.read(example.path()).map(DecodedAudio::waveform);
        if (decoded instanceof Result.Accepted<Waveform> accepted) {
            cache.put(key, accepted.value());
        }
        return decoded;
    }

    /** Caches a clip that was decoded by other means, also over an earlier content of the file. */
    public static void keep(String path, Waveform waveform, BoundedCache<Waveform> cache) {
        cache.put(key(waveform.sampleRate(), path), waveform);
    }

    private static String key(int sampleRate, String path) {
        return sampleRate + " " + path;
    }
}
