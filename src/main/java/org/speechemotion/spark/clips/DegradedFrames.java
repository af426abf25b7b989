package org.speechemotion.spark.clips;

import java.io.IOException;
import java.util.List;
import org.speechemotion.augment.Condition;
import org.speechemotion.encoder.Frames;
import org.speechemotion.train.Example;

/** Computes frames of clips that a condition has degraded, to evaluate the robustness of a model. */
public final class DegradedFrames implements FrameSource {
    private static final long serialVersionUID = 1L;

    private final FrameSource source;

    private DegradedFrames(FrameSource source) {
        this.source = source;
    }

    /**
     * Returns the frames of clips after the chain of a condition.
     *
     * @throws IOException if the recordings of the condition cannot be listed
     */
    public static DegradedFrames of(Condition condition, ClipPipeline pipeline, int cacheMegabytes) throws IOException {
        SoundListing sounds = SoundListing.of(condition.chain().folders(), pipeline.hadoop());
        return new DegradedFrames(new OnTheFlyFrames(pipeline, cacheMegabytes, condition.chain(), sounds, 1));
    }

    /** Deliberately returns degraded frames, because the evaluation predicts clean frames. */
    @Override
    public List<Frames> clean(List<Example> examples) throws IOException {
        return source.training(examples, 0);
    }

    @Override
    public List<Frames> training(List<Example> examples, int epoch) throws IOException {
        return source.training(examples, epoch);
    }
}
