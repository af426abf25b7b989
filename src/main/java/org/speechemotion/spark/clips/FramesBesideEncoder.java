package org.speechemotion.spark.clips;

import java.io.IOException;
import java.util.List;
import org.speechemotion.encoder.Frames;
import org.speechemotion.train.Example;

/**
 * Gives frames on executors that have opened the encoder, for networks whose adapters need its weights.
 *
 * @param frames a source that does not open the encoder itself
 * @param pipeline the pipeline with the encoder
 */
public record FramesBesideEncoder(FrameSource frames, ClipPipeline pipeline) implements FrameSource {

    @Override
    public List<Frames> clean(List<Example> examples) throws IOException {
        pipeline.encoder();
        return frames.clean(examples);
    }

    @Override
    public List<Frames> training(List<Example> examples, int epoch) throws IOException {
        pipeline.encoder();
        return frames.training(examples, epoch);
    }
}
