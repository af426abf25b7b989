package org.speechemotion.spark.clips;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Frames;
import org.speechemotion.scoring.SpeedViews;
import org.speechemotion.train.ClipLoader;
import org.speechemotion.train.Example;

/** Computes frames of clips at another speed, one of those of {@link SpeedViews}. */
record SpeedFrames(ClipPipeline pipeline, double speed) implements FrameSource {

    @Override
    public List<Frames> clean(List<Example> examples) throws IOException {
        ClipLoader clips = new ClipLoader(pipeline.reader());
        Encoder encoder = pipeline.encoder();
        List<float[]> waveforms = new ArrayList<>();
        for (Example example : examples) {
            waveforms.add(SpeedViews.atSpeed(speed, clips.load(example).samples(), encoder.sampleRate()));
        }
        return encoder.encode(waveforms);
    }

    @Override
    public List<Frames> training(List<Example> examples, int epoch) throws IOException {
        return clean(examples);
    }
}
