package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The loss is the sum of tanh(x · w) ⊙ y, whose gradients are those of SameDiff's own graph and of calculus. */
class BackwardGraphTest {
    private final INDArray x = Nd4j.createFromArray(new float[][] {{0.5f, -1}});
    private final INDArray w = Nd4j.createFromArray(new float[][] {{0.3f, 0.2f}, {-0.4f, 0.1f}});
    private final INDArray y = Nd4j.createFromArray(new float[][] {{2, 3}});

    private SameDiff forward() {
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("x", DataType.FLOAT, -1, 2);
        SDVariable scale = graph.placeHolder("y", DataType.FLOAT, -1, 2);
        SDVariable hidden = graph.math().tanh("hidden", input.mmul("product", graph.var("w", w)));
        hidden.mul("scaled", scale).sum("loss").markAsLoss();
        return graph;
    }

    @Test
    void gradientsAreThoseOfCalculus() {
        SameDiff forward = forward();
        BackwardGraph backward = BackwardGraph.of(forward, List.of("w"));

        INDArray gradient = gradient(backward, forward.output(Map.of("x", x, "y", y), backward.forwardResults()));

        float slope = (float) (2 * (1 - Math.pow(Math.tanh(0.55), 2)));
        assertClose(gradient, 0.5f * slope, 1.5f, -slope, -3);
    }

    @Test
    void resultsOfTheForwardPassAreTakenAsGiven() {
        BackwardGraph backward = BackwardGraph.of(forward(), List.of("w"));

        Map<String, INDArray> zeros = new HashMap<>();
        backward.forwardResults().forEach(name -> zeros.put(name, Nd4j.zeros(1, 2)));

        assertThat(zeros).containsOnlyKeys("product", "hidden", "scaled");
        assertClose(gradient(backward, zeros), 1, 1.5f, -2, -3);
    }

    private static void assertClose(INDArray actual, float... expected) {
        assertThat(actual.reshape(4).toFloatVector()).containsExactly(expected, within(1e-6f));
    }

    private INDArray gradient(BackwardGraph backward, Map<String, INDArray> results) {
        Map<String, INDArray> inputs = new HashMap<>(results);
        inputs.put("x", x);
        inputs.put("y", y);
        return backward.gradients(inputs).get("w");
    }
}
