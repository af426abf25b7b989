package org.speechemotion.spark;

import org.apache.spark.util.DoubleAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Goes with a round to the workers. There it tells the network which step and epoch this is, since DL4J's clone of a
 * configuration forgets both: every round would be the first to schedules and to Adam's bias correction, which then
 * shortens every step to a fifth. And it brings the loss of every step home; DL4J itself reports the last step's alone.
 */
final class RoundHook implements TrainingHook {
    private static final long serialVersionUID = 1L;

    private final DoubleAccumulator losses;
    private int iteration;
    private int epoch;
    private boolean told;

    RoundHook(DoubleAccumulator losses) {
        this.losses = losses;
    }

    /** On the driver, before a round: its workers are sent a copy. */
    void startRound(int firstIteration, int ofEpoch) {
        iteration = firstIteration;
        epoch = ofEpoch;
    }

    @Override
    public void preUpdate(MultiDataSet batch, Model model) {
        if (!told) {
            ComputationGraphConfiguration configuration = ((ComputationGraph) model).getConfiguration();
            configuration.setIterationCount(iteration);
            configuration.setEpochCount(epoch);
            told = true;
        }
    }

    @Override
    public void postUpdate(MultiDataSet batch, Model model) {
        losses.add(model.score());
    }

    @Override
    public void preUpdate(DataSet batch, Model model) {
        throw new IllegalStateException("a graph trains on MultiDataSets");
    }

    @Override
    public void postUpdate(DataSet batch, Model model) {
        throw new IllegalStateException("a graph trains on MultiDataSets");
    }
}
