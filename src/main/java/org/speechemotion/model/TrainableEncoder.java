package org.speechemotion.model;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.IUpdater;
import org.speechemotion.encoder.Encoder;

/** An encoder that may add a trained layer, its {@link FrontEnd}, between its frames and the network. */
public interface TrainableEncoder extends Encoder {
    /**
     * Returns the trained layer for the settings of this encoder.
     *
     * @param updater the updater of its parameters
     */
    FrontEnd frontEnd(IUpdater updater);

    /** Returns the number of input values of which the padded length of a batch must be a multiple; usually 1. */
    int timeMultiple();

    /** Copies the pretrained weights into the trained layer of a network, if it has one. */
    void initialize(ComputationGraph network);
}
