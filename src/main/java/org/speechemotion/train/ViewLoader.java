package org.speechemotion.train;

import java.io.IOException;
import java.util.List;
import org.speechemotion.audio.Waveform;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.Sounds;
import org.speechemotion.common.ParallelMap;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;

/** Loads, augments and encodes examples for training. It is thread-safe. */
public final class ViewLoader {
    private final ClipLoader clips;
    private final AugmentationChain chain;
    private final Sounds sounds;
    private final Encoder encoder;
    private final int threads;

    /**
     * Creates a loader of augmented views.
     *
     * @param threads the number of threads that share the clips of a call
     */
    public ViewLoader(ClipLoader clips, AugmentationChain chain, Sounds sounds, Encoder encoder, int threads) {
        this.clips = clips;
        this.chain = chain;
        this.sounds = sounds;
        this.encoder = encoder;
        this.threads = threads;
    }

    /**
     * Loads the frames of an augmented view of examples.
     *
     * @param view the name of the view, which is a key of the random draws
     * @return the frames of each example, in order
     * @throws IOException see {@link ClipLoader#load}
     */
    public List<Frames> load(List<Example> examples, String view) throws IOException {
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
