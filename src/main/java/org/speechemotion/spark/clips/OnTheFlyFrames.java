package org.speechemotion.spark.clips;

import java.io.IOException;
import java.util.List;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.encoder.Frames;
import org.speechemotion.train.Example;

/** Frames made from audio when they are asked for: training has a new view of every clip in every epoch. */
public final class OnTheFlyFrames implements FrameSource {
    private static final long serialVersionUID = 1L;

    private final ClipPipeline pipeline;
    private final int cacheMegabytes;
    private final AugmentationChain chain;
    private final SoundListing sounds;
    private final int threads;

    /**
     * Frames of clips and of their augmented views.
     *
     * @param cacheMegabytes memory that an executor spends on clean frames, and again on decoded clips, in MiB
     * @param sounds the chain's folders
     * @param threads that share the augmented clips of a batch
     */
    public OnTheFlyFrames(
            ClipPipeline pipeline, int cacheMegabytes, AugmentationChain chain, SoundListing sounds, int threads) {
        this.pipeline = pipeline;
        this.cacheMegabytes = cacheMegabytes;
        this.chain = chain;
        this.sounds = sounds;
        this.threads = threads;
    }

    /** Frames of clips as they are, in training too. */
    public OnTheFlyFrames(ClipPipeline pipeline, int cacheMegabytes) {
        this(pipeline, cacheMegabytes, AugmentationChain.none(), SoundListing.none(), 1);
    }

    @Override
    public List<Frames> clean(List<Example> examples) throws IOException {
        return pipeline.frames(cacheMegabytes).load(examples);
    }

    @Override
    public List<Frames> training(List<Example> examples, int epoch) throws IOException {
        return chain.isEmpty() ? clean(examples) : view(examples, "epoch-" + epoch);
    }

    /** Frames of a view of the clips, by its name. */
    public List<Frames> view(List<Example> examples, String view) throws IOException {
        return pipeline.views(cacheMegabytes, chain, sounds, threads).load(examples, view);
    }

    public AugmentationChain chain() {
        return chain;
    }

    public SoundListing sounds() {
        return sounds;
    }
}
