package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.model.TinyNetwork;

/** Its steps are held to PyTorch's in {@link TrainingStepsTest}. */
class GradientNormTest {
    private static final int CLIPS = 3;

    private final ComputationGraph graph = TinyNetwork.graph(true, 1);
    private final Map<String, INDArray> before = gradients();

    @Test
    void scalesTheWholeGradient() {
        double norm = norm(before);
        GradientNorm clipping = new GradientNorm(norm / 4);
        clipping.onGradientCalculation(graph);
        assertThat(clipping.norm()).as("before it was shortened").isCloseTo(norm, within(1e-6 * norm));
        Map<String, INDArray> after = graph.gradient().gradientForVariable();
        assertThat(norm(after)).isCloseTo(norm / 4, within(1e-4 * norm));
        assertThat(norm).isGreaterThan(1e-3);
        before.forEach((name, gradient) -> {
            INDArray expected = name.matches(".*_(mean|log10stdev)") ? gradient : gradient.mul(0.25);
            assertThat(after.get(name).sub(expected).amaxNumber().doubleValue())
                    .as(name)
                    .isLessThan(1e-4);
        });
    }

    @Test
    void leavesShortGradientsUnchanged() {
        new GradientNorm(1.01 * norm(before)).onGradientCalculation(graph);
        assertThat(graph.gradient().gradientForVariable()).isEqualTo(before);
    }

    @Test
    void measuresWithoutClipping() {
        GradientNorm measure = new GradientNorm(0);
        assertThat(measure.norm()).isNaN();
        measure.onGradientCalculation(graph);
        assertThat(measure.norm()).isCloseTo(norm(before), within(1e-6 * norm(before)));
        assertThat(graph.gradient().gradientForVariable()).isEqualTo(before);
    }

    /** Returns the norm of the mean gradient over the batch, without the running statistics of the normalisation. */
    private static double norm(Map<String, INDArray> gradients) {
        return Math.sqrt(gradients.entrySet().stream()
                        .filter(entry -> !entry.getKey().matches(".*_(mean|log10stdev)"))
                        .flatMapToDouble(entry -> java.util.Arrays.stream(
                                entry.getValue().dup().data().asDouble()))
                        .map(value -> value * value)
                        .sum())
                / CLIPS;
    }

    private Map<String, INDArray> gradients() {
        FrameBatch batch =
                FrameBatch.of(List.of(TinyNetwork.clip(7, 1), TinyNetwork.clip(20, 2), TinyNetwork.clip(9, 3)), 2);
        graph.setInputs(batch.frames());
        graph.setLabels(new Targets(false, 0).of(Examples.of(CLIPS)));
        graph.setLayerMaskArrays(new INDArray[] {batch.mask()}, null);
        graph.computeGradientAndScore();
        Map<String, INDArray> gradients = new HashMap<>();
        graph.gradient().gradientForVariable().forEach((name, gradient) -> gradients.put(name, gradient.dup()));
        assertThat(gradients.get("pooling-normalization_mean").amaxNumber().doubleValue())
                .isPositive();
        return gradients;
    }
}
