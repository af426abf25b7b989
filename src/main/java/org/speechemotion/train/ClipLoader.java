package org.speechemotion.train;

import java.io.IOException;
import java.util.Optional;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.BoundedCache;

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
        String key = reader.sampleRate() + " " + example.path();
        Optional<Waveform> known = cache.get(key);
        if (known.isPresent()) {
            return known.get();
        }
        Waveform waveform = reader.read(example.path())
                .orElseThrow(rejection -> new IOException(
                        example.path() + " was usable when it was catalogued, but is now " + rejection.text()))
                .waveform();
        cache.put(key, waveform);
        return waveform;
    }
}
