package org.speechemotion.spark.clips;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.speechemotion.encoder.Frames;
import org.speechemotion.train.Example;

/** Where the frames of clips come from, on whatever executor. */
public interface FrameSource extends Serializable {
    /**
     * Frames of the clips as they are: what validation, test and scoring see.
     *
     * @return the frames of each example, in order
     * @throws IOException where a clip cannot be had any more; the message names it
     */
    List<Frames> clean(List<Example> examples) throws IOException;

    /**
     * Frames of the clips as an epoch of training sees them: the same wherever and however often they are asked for.
     *
     * @param epoch counted from 0
     * @return the frames of each example, in order
     * @throws IOException as {@link #clean}
     */
    List<Frames> training(List<Example> examples, int epoch) throws IOException;
}
