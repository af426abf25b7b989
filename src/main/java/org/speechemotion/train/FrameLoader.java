package org.speechemotion.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.Decoding;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;

/** From examples to frames: read, decode, encode, or out of the cache. Thread-safe. */
public final class FrameLoader {
    private final ClipReader reader;
    private final Encoder encoder;
    private final FrameCache cache;

    public FrameLoader(ClipReader reader, Encoder encoder, FrameCache cache) {
        this.reader = reader;
        this.encoder = encoder;
        this.cache = cache;
    }

    /**
     * Loads frames.
     *
     * @return the frames of each example, in order
     * @throws IOException where a clip that the catalog holds as sound cannot be read or decoded any more
     */
    public List<Frames> load(List<Example> examples) throws IOException {
        List<Frames> frames = new ArrayList<>(examples.size());
        for (Example example : examples) {
            frames.add(load(example));
        }
        return frames;
    }

    private Frames load(Example example) throws IOException {
        String key = encoder.fingerprint() + example.path();
        Optional<Frames> known = cache.get(key);
        if (known.isPresent()) {
            return known.get();
        }
        Decoding decoding = reader.read(example.path());
        if (decoding instanceof Decoding.Audio audio) {
            Frames frames = encoder.encode(List.of(audio.waveform().samples())).get(0);
            cache.put(key, frames);
            return frames;
        }
        Decoding.Rejection rejection = (Decoding.Rejection) decoding;
        throw new IOException(example.path() + " was sound when it was catalogued, but now is "
                + rejection.reason().code() + ": " + rejection.message());
    }
}
