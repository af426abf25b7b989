package org.speechemotion.spark.clips;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.speechemotion.encoder.Frames;
import org.speechemotion.train.Example;

/** Gives the frames of clips on an executor, whose tasks share it, so an implementation must be thread-safe. */
public interface FrameSource extends Serializable {
    /**
     * Returns the frames of unchanged clips, for validation, test and scoring.
     *
     * @return the frames of each example, in order
     * @throws IOException if a clip cannot be read any more; the message names it
     */
    List<Frames> clean(List<Example> examples) throws IOException;

    /** Returns the sources of the views of unchanged clips whose predictions are averaged; usually this one alone. */
    default List<FrameSource> views() {
        return List.of(this);
    }

    /**
     * Returns the frames of augmented clips for an epoch of training. Repeated calls give the same frames on any machine.
     *
     * @param epoch the epoch, from 0
     * @return the frames of each example, in order
     * @throws IOException as {@link #clean}
     */
    List<Frames> training(List<Example> examples, int epoch) throws IOException;
}
