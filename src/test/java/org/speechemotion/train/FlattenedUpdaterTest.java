package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.model.FrontEnd;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.model.Optimization;
import org.speechemotion.model.TinyNetwork;

/** Against DL4J's own updater; {@link TrainingStepsTest} holds its steps to PyTorch's. */
class FlattenedUpdaterTest {
    private static final int STEPS = 8;
    private static final int CLIPS = 3;
    /** ND4J computes 1 − β₂ⁿ in 32 bits, which costs it four digits in the first steps. */
    private static final double BIAS_CORRECTION = 1e-4;

    private static final double ROUNDING = 1e-6;

    @ParameterizedTest
    @CsvSource({"sgd, 0, 0", "sgd, 0.9, 0", "sgd, 0.9, 0.1", "adam, 0, 0", "adam, 0, 0.1", "adamw, 0, 0.1"})
    void stepsAreThoseOfDl4j(String optimizer, double momentum, double decay) {
        ComputationGraph expected = graph(optimizer, momentum, decay);
        ComputationGraph actual = expected.clone();
        FlattenedUpdater.install(actual);
        for (int step = 0; step < STEPS; step++) {
            expected.fit(batch(step));
            actual.fit(batch(step));
            assertClose(actual.params(), expected.params(), BIAS_CORRECTION, "parameters " + step);
            assertClose(state(actual), state(expected), ROUNDING, "state " + step);
            // The gradients of the next step are those of the same parameters, so that differences do not grow.
            actual.setParams(expected.params());
        }
    }

    @Test
    void continuesWithTheStateOfTheUpdaterThatItReplaces() {
        ComputationGraph expected = graph("adamw", 0, 0.1);
        expected.fit(batch(0));
        ComputationGraph actual = expected.clone();
        // DL4J's clone of a configuration forgets it.
        actual.getConfiguration().setIterationCount(1);
        FlattenedUpdater.install(actual);
        for (int step = 1; step < STEPS; step++) {
            expected.fit(batch(step));
            actual.fit(batch(step));
        }
        assertClose(actual.params(), expected.params(), BIAS_CORRECTION, "parameters");
    }

    /** Also with more parameters than a piece has, and gradients and squares of extreme sizes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4096, 10_001})
    void adamIsThatOfNd4j(int length) {
        Adam settings = new Adam(0.01, 0.9, 0.98, 1e-6);
        AdamUpdater expected = adam(settings, length);
        VectorizedAdam actual = VectorizedAdam.of(adam(settings, length));
        Nd4j.getRandom().setSeed(length);
        for (int step = 0; step < STEPS; step++) {
            INDArray gradient = Nd4j.randn(1, length).muli(Math.pow(10, 3 - 2 * step));
            INDArray same = gradient.dup();
            expected.applyUpdater(gradient, step, 0);
            actual.applyUpdater(same, step, 0);
            assertClose(same, gradient, BIAS_CORRECTION, "step " + step);
            assertClose(actual.getM(), expected.getM(), ROUNDING, "mean " + step);
            assertClose(actual.getV(), expected.getV(), ROUNDING, "square " + step);
        }
    }

    /** ND4J takes epsilon for the rate then, so that frozen parameters move. */
    @Test
    void aRateOfZeroIsNoStep() {
        VectorizedAdam adam = VectorizedAdam.of(adam(new Adam(0.0, 0.9, 0.98, 1e-6), 3));
        INDArray gradient = Nd4j.ones(1, 3);
        adam.applyUpdater(gradient, 0, 0);
        assertThat(gradient.toFloatVector()).containsOnly(0f);
    }

    private static AdamUpdater adam(Adam settings, int length) {
        return (AdamUpdater) settings.instantiate(Nd4j.zeros(1, 2L * length), true);
    }

    private static void assertClose(INDArray actual, INDArray expected, double tolerance, String name) {
        if (expected == null) {
            assertThat(actual).as(name).isNull();
            return;
        }
        float[] values = actual.dup().data().asFloat();
        float[] others = expected.dup().data().asFloat();
        assertThat(values).as(name).hasSameSizeAs(others);
        double largest = expected.amaxNumber().doubleValue();
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).as(name + ", value " + i).isCloseTo(others[i], within(tolerance * largest));
        }
    }

    private static INDArray state(ComputationGraph graph) {
        return graph.getUpdater().getStateViewArray();
    }

    private static ComputationGraph graph(String optimizer, double momentum, double decay) {
        TrainingSettings settings = Trainings.of(
                "optimizer.name=" + optimizer,
                "optimizer.momentum=" + momentum,
                "optimizer.weight-decay=" + decay,
                "learning-rate=0.01");
        ComputationGraph graph = new ComputationGraph(EmotionNetwork.configuration(
                NetworkSettings.of(new ContextSettings(4, List.of(5, 3), List.of(2, 1)), 5)
                        .withPooling(true, true),
                new FrontEnd.None(TinyNetwork.FRAME_WIDTH),
                new Optimization(settings.updater(STEPS), settings.optimizer().decay(), List.of()),
                1));
        graph.init();
        return graph;
    }

    private static MultiDataSet batch(int step) {
        FrameBatch frames = FrameBatch.of(
                List.of(TinyNetwork.clip(7, step), TinyNetwork.clip(20, 100 + step), TinyNetwork.clip(9, 200 + step)),
                TinyNetwork.TIME_MULTIPLE);
        return new MultiDataSet(
                new INDArray[] {frames.frames()},
                new INDArray[] {new Targets(false, 0).of(Examples.of(CLIPS))},
                new INDArray[] {frames.mask()},
                null);
    }
}
