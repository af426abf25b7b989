package org.speechemotion.train;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.speechemotion.audio.Waveform;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.Sounds;
import org.speechemotion.common.BoundedCache;
import org.speechemotion.common.ParallelMap;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;

/**
 * Loads, augments and encodes examples for training. A view depends on its keys alone, so it is kept while there is room for a
 * further training that needs the same one: that with the validation side's speakers, or of another fold. It is thread-safe.
 */
public final class ViewLoader {
    private final ClipLoader clips;
    private final AugmentationChain chain;
    private final Sounds sounds;
    private final Encoder encoder;
    private final int threads;
    private final BoundedCache<Frames> cache;
    private final String keyPrefix;

    /**
     * Creates a loader of augmented views.
     *
     * @param threads the number of threads that share the clips of a call
     * @param cache the cache of views, which evicts nothing for them
     * @param keyPrefix what identifies the chain, its sounds and the encoder
     */
    public ViewLoader(
            ClipLoader clips,
            AugmentationChain chain,
            Sounds sounds,
            Encoder encoder,
            int threads,
            BoundedCache<Frames> cache,
            String keyPrefix) {
        this.clips = clips;
        this.chain = chain;
        this.sounds = sounds;
        this.encoder = encoder;
        this.threads = threads;
        this.cache = cache;
        this.keyPrefix = keyPrefix;
    }

    /**
     * Loads the frames of an augmented view of examples.
     *
     * @param view the name of the view, which is a key of the random draws
     * @return the frames of each example, in order
     * @throws IOException see {@link ClipLoader#load}
     */
    public List<Frames> load(List<Example> examples, String view) throws IOException {
        Map<String, Frames> loaded = new HashMap<>();
        Map<String, Example> missing = new LinkedHashMap<>();
        for (Example example : examples) {
            String key = key(example, view);
            cache.get(key).ifPresentOrElse(frames -> loaded.put(key, frames), () -> missing.put(key, example));
        }
        List<Frames> made = make(List.copyOf(missing.values()), view);
        int next = 0;
        for (String key : missing.keySet()) {
            cache.putIfRoom(key, made.get(next));
            loaded.put(key, made.get(next++));
        }
        return examples.stream().map(example -> loaded.get(key(example, view))).toList();
    }

    private String key(Example example, String view) {
        return keyPrefix + " " + view + " " + example.contentSha256();
    }

    private List<Frames> make(List<Example> examples, String view) throws IOException {
        if (encoder.takesClipsOneByOne()) {
            return ParallelMap.map(examples, threads, example -> encoder.encode(List.of(waveform(example, view)))
                    .get(0));
        }
        return encoder.encode(ParallelMap.map(examples, threads, example -> waveform(example, view)));
    }

    private float[] waveform(Example example, String view) throws IOException {
        Waveform clip = clips.load(example);
        return chain.apply(clip, view, example.contentSha256(), sounds)
                .waveform()
                .samples();
    }
}
