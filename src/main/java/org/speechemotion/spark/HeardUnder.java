package org.speechemotion.spark;

import java.io.IOException;
import java.util.List;
import org.speechemotion.augment.Condition;
import org.speechemotion.encoder.Frames;
import org.speechemotion.train.Example;

/** Clips heard under a condition, for whoever measures what that costs. */
public final class HeardUnder implements FrameSource {
    private static final long serialVersionUID = 1L;

    private final FrameSource source;

    private HeardUnder(FrameSource source) {
        this.source = source;
    }

    /**
     * Clips that have gone through a condition's chain.
     *
     * @throws IOException where the condition's recordings cannot be listed
     */
    public static HeardUnder of(Condition condition, ClipPipeline pipeline, int cacheMegabytes) throws IOException {
        SoundListing sounds = SoundListing.of(condition.chain().folders(), pipeline.hadoop());
        return new HeardUnder(new OnTheFlyFrames(pipeline, cacheMegabytes, condition.chain(), sounds, 1));
    }

    /** What takes it for the clips as they are is what is to be measured. */
    @Override
    public List<Frames> clean(List<Example> examples) throws IOException {
        return source.training(examples, 0);
    }

    @Override
    public List<Frames> training(List<Example> examples, int epoch) throws IOException {
        return source.training(examples, epoch);
    }
}
