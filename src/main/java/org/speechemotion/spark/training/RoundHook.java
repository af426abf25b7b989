package org.speechemotion.spark.training;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.train.GradientNorm;
import org.speechemotion.train.Trainer;

/**
 * Goes with a round to the workers. There it tells the network which step and epoch this is, since DL4J's clone of a
 * configuration forgets both: every round would be the first to schedules and to Adam's bias correction, which then
 * shortens every step to a fifth. It sees to it that gradients are measured and clipped: listeners of the driver's network
 * do not come along. And it brings home what every step was like;
 * DL4J itself reports the last step's loss alone.
 */
final class RoundHook implements TrainingHook {
    private static final long serialVersionUID = 1L;

    /**
     * A step of a worker.
     *
     * @param iteration counted from 0
     * @param learningRate as the updater had it
     * @param loss of the batch before the step
     * @param gradientNorm see {@link GradientNorm#norm}
     */
    record Step(int iteration, double learningRate, double loss, double gradientNorm) implements Serializable {}

    private final CollectionAccumulator<Step> steps;
    private final double clipNorm;
    private int iteration;
    private int epoch;
    private transient GradientNorm gradient;
    private double learningRate;
    private double penalty;

    /**
     * Prepares for rounds.
     *
     * @param steps is given every step
     * @param clipNorm to clip gradients to; 0 to leave them
     */
    RoundHook(CollectionAccumulator<Step> steps, double clipNorm) {
        this.steps = steps;
        this.clipNorm = clipNorm;
    }

    /** On the driver, before a round: its workers are sent a copy. */
    void startRound(int firstIteration, int ofEpoch) {
        iteration = firstIteration;
        epoch = ofEpoch;
    }

    @Override
    public void preUpdate(MultiDataSet batch, Model model) {
        ComputationGraph graph = (ComputationGraph) model;
        if (gradient == null) {
            ComputationGraphConfiguration configuration = graph.getConfiguration();
            configuration.setIterationCount(iteration);
            configuration.setEpochCount(epoch);
            gradient = new GradientNorm(clipNorm);
            graph.addListeners(gradient);
        }
        iteration = graph.getIterationCount();
        learningRate = EmotionNetwork.learningRate(graph);
        penalty = graph.calcRegularizationScore(true);
    }

    @Override
    public void postUpdate(MultiDataSet batch, Model model) {
        steps.add(new Step(iteration, learningRate, model.score() - penalty, gradient.norm()));
    }

    /** The same steps in an order that does not depend on when they came home. */
    static List<Step> ordered(List<Step> steps) {
        return steps.stream()
                .sorted(Comparator.comparingInt(Step::iteration).thenComparingDouble(Step::loss))
                .toList();
    }

    /** What the steps were like together, whatever order they came home in. */
    static Trainer.Pass pass(List<Step> steps) {
        List<Step> ordered = ordered(steps);
        return new Trainer.Pass(
                ordered.stream().mapToDouble(Step::loss).average().orElse(Double.NaN),
                ordered.isEmpty() ? Double.NaN : ordered.get(ordered.size() - 1).learningRate(),
                ordered.stream().mapToDouble(Step::gradientNorm).average().orElse(Double.NaN));
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
