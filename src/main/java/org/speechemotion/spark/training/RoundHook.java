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
import org.speechemotion.model.PopulationStatistics;
import org.speechemotion.train.FlattenedUpdater;
import org.speechemotion.train.GradientNorm;
import org.speechemotion.train.Trainer;

/**
 * Runs on the workers of a round. It sets the step and the epoch of the network, because DL4J's clone of a configuration
 * forgets both: schedules and Adam's bias correction would take every round for the first, and steps would shrink to a fifth.
 * It also measures and clips gradients, because listeners of the driver's network do not reach the workers, and reports every
 * step, because DL4J reports the loss of the last step only.
 */
final class RoundHook implements TrainingHook {
    private static final long serialVersionUID = 1L;

    /**
     * A step of a worker.
     *
     * @param iteration the number of the step, from 0
     * @param learningRate the learning rate of the updater
     * @param loss the loss of the emotions of the batch before the step, without that of an adversary
     * @param gradientNorm the norm of the gradient; see {@link GradientNorm#norm}
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
     * Creates a hook.
     *
     * @param steps the accumulator of all steps
     * @param clipNorm the largest norm of a gradient; 0 for no limit
     */
    RoundHook(CollectionAccumulator<Step> steps, double clipNorm) {
        this.steps = steps;
        this.clipNorm = clipNorm;
    }

    /** Prepares a round on the driver, before copies are sent to the workers. */
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
            FlattenedUpdater.install(graph);
        }
        iteration = graph.getIterationCount();
        learningRate = EmotionNetwork.learningRate(graph);
        penalty = graph.calcRegularizationScore(true);
    }

    @Override
    public void postUpdate(MultiDataSet batch, Model model) {
        ComputationGraph graph = (ComputationGraph) model;
        PopulationStatistics.bound(graph);
        steps.add(new Step(iteration, learningRate, graph.getOutputLayer(0).score() - penalty, gradient.norm()));
    }

    /** Returns the steps in an order that does not depend on the order of their arrival. */
    static List<Step> ordered(List<Step> steps) {
        return steps.stream()
                .sorted(Comparator.comparingInt(Step::iteration).thenComparingDouble(Step::loss))
                .toList();
    }

    /** Summarises steps independently of the order of their arrival. */
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
