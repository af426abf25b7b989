package org.speechemotion.spark.clips;

import java.io.IOException;
import java.util.List;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.encoder.Frames;
import org.speechemotion.scoring.SpeedViews;
import org.speechemotion.train.Example;

/** Computes frames from audio on demand, with a new view of every training clip in every epoch. */
public final class OnTheFlyFrames implements FrameSource {
    private static final long serialVersionUID = 1L;

    private final ClipPipeline pipeline;
    private final int cacheMegabytes;
    private final AugmentationChain chain;
    private final SoundListing sounds;
    private final int threads;
    private final SpeedViews views;

    /**
     * Creates a source of frames of clips and of their augmented views.
     *
     * @param cacheMegabytes the memory of an executor for clean frames, and the same again for decoded clips, in MiB
     * @param sounds the recordings that the chain draws from
     * @param threads the number of threads that augment the clips of a batch
     */
    public OnTheFlyFrames(
            ClipPipeline pipeline, int cacheMegabytes, AugmentationChain chain, SoundListing sounds, int threads) {
        this(pipeline, cacheMegabytes, chain, sounds, threads, SpeedViews.NONE);
    }

    private OnTheFlyFrames(
            ClipPipeline pipeline,
            int cacheMegabytes,
            AugmentationChain chain,
            SoundListing sounds,
            int threads,
            SpeedViews views) {
        this.pipeline = pipeline;
        this.cacheMegabytes = cacheMegabytes;
        this.chain = chain;
        this.sounds = sounds;
        this.threads = threads;
        this.views = views;
    }

    /** Creates a source of frames of unchanged clips, in training too. */
    public OnTheFlyFrames(ClipPipeline pipeline, int cacheMegabytes) {
        this(pipeline, cacheMegabytes, SpeedViews.NONE);
    }

    /** Creates a source of frames of unchanged clips and of their views. */
    public OnTheFlyFrames(ClipPipeline pipeline, int cacheMegabytes, SpeedViews views) {
        this(pipeline, cacheMegabytes, AugmentationChain.none(), SoundListing.none(), 1, views);
    }

    @Override
    public List<FrameSource> views() {
        return views.speeds().stream()
                .map(speed -> speed == 1 ? this : new SpeedFrames(pipeline, speed))
                .toList();
    }

    @Override
    public List<Frames> clean(List<Example> examples) throws IOException {
        return pipeline.frames(cacheMegabytes).load(examples);
    }

    @Override
    public List<Frames> training(List<Example> examples, int epoch) throws IOException {
        return chain.isEmpty() ? clean(examples) : view(examples, "epoch-" + epoch);
    }

    /** Returns the frames of a view of the clips; the name of the view is part of its random key. */
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
