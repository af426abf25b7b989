package org.speechemotion.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.speechemotion.common.BoundedCache;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;

/** Loads and encodes the frames of unaugmented clips, through a cache. It is thread-safe. */
public final class FrameLoader {
    private final ClipLoader clips;
    private final Encoder encoder;
    private final BoundedCache<Frames> cache;

    public FrameLoader(ClipLoader clips, Encoder encoder, BoundedCache<Frames> cache) {
        this.clips = clips;
        this.encoder = encoder;
        this.cache = cache;
    }

    /**
     * Loads the frames of examples.
     *
     * @return the frames of each example, in order
     * @throws IOException as {@link ClipLoader#load}
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
                waveforms.add(clips.load(examples.get(i)).samples());
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
}
