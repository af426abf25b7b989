package org.speechemotion.spark.clips;

import java.io.IOException;
import java.util.List;
import org.speechemotion.augment.Condition;
import org.speechemotion.encoder.Frames;
import org.speechemotion.train.Example;

/** Clips heard under a condition, for whoever measures what that costs. */
public final class DegradedFrames implements FrameSource {
    private static final long serialVersionUID = 1L;

    private final FrameSource source;

    private DegradedFrames(FrameSource source) {
        this.source = source;
    }

    /**
     * Clips that have gone through a condition's chain.
     *
     * @throws IOException where the condition's recordings cannot be listed
     */
    public static DegradedFrames of(Condition condition, ClipPipeline pipeline, int cacheMegabytes) throws IOException {
        SoundListing sounds = SoundListing.of(condition.chain().folders(), pipeline.hadoop());
        return new DegradedFrames(new OnTheFlyFrames(pipeline, cacheMegabytes, condition.chain(), sounds, 1));
    }

    /** Deliberately returns degraded frames: what is measured is a model that takes them for clean ones. */
    @Override
    public List<Frames> clean(List<Example> examples) throws IOException {
        return source.training(examples, 0);
    }

    @Override
    public List<Frames> training(List<Example> examples, int epoch) throws IOException {
        return source.training(examples, epoch);
    }
}
