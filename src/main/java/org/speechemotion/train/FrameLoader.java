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
        Frames[] frames = new Frames[examples.size()];
        List<Integer> unknown = new ArrayList<>();
        List<float[]> waveforms = new ArrayList<>();
        for (int i = 0; i < frames.length; i++) {
            Optional<Frames> known = cache.get(key(examples.get(i)));
            if (known.isPresent()) {
                frames[i] = known.get();
            } else {
                unknown.add(i);
                waveforms.add(decode(examples.get(i)));
            }
        }
        List<Frames> encoded = encoder.encode(waveforms);
        for (int i = 0; i < encoded.size(); i++) {
            frames[unknown.get(i)] = encoded.get(i);
            cache.put(key(examples.get(unknown.get(i))), encoded.get(i));
        }
        return List.of(frames);
    }

    private String key(Example example) {
        return encoder.fingerprint() + example.path();
    }

    private float[] decode(Example example) throws IOException {
        Decoding decoding = reader.read(example.path());
        if (decoding instanceof Decoding.Audio audio) {
            return audio.waveform().samples();
        }
        Decoding.Rejection rejection = (Decoding.Rejection) decoding;
        throw new IOException(example.path() + " was sound when it was catalogued, but now is "
                + rejection.reason().code() + ": " + rejection.message());
    }
}
