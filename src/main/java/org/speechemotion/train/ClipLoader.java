package org.speechemotion.train;

import java.io.IOException;
import java.util.Optional;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.BoundedCache;

/** From an example to its waveform: read and decode, or out of a cache. Thread-safe. */
public final class ClipLoader {
    private final ClipReader reader;
    private final BoundedCache<Waveform> cache;

    public ClipLoader(ClipReader reader, BoundedCache<Waveform> cache) {
        this.reader = reader;
        this.cache = cache;
    }

    /** The same, remembering nothing. */
    public ClipLoader(ClipReader reader) {
        this(reader, new BoundedCache<>(0, Waveform::sizeInBytes));
    }

    /**
     * Loads a clip.
     *
     * @return its waveform, which others share: not to be written to
     * @throws IOException where a clip that the catalog holds as sound cannot be read or decoded any more
     */
    public Waveform load(Example example) throws IOException {
        String key = reader.sampleRate() + " " + example.path();
        Optional<Waveform> known = cache.get(key);
        if (known.isPresent()) {
            return known.get();
        }
        Waveform waveform = reader.read(example.path())
                .orElseThrow(rejection -> new IOException(
                        example.path() + " was sound when it was catalogued, but now is " + rejection.text()))
                .waveform();
        cache.put(key, waveform);
        return waveform;
    }
}
