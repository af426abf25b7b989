package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Checks the gradients of a network, input → tanh layer "vector" → emotions, with an adversary that sees the vector, whose
 * parameters and inputs are sines.
 */
class GradientReversalTest {
    private static final double WEIGHT = 0.7;
    private static final int CLIPS = 4;

    private final ComputationGraph graph = graph();

    @BeforeEach
    void differentiate() {
        set("vector", 0);
        set("emotion", 1);
        set("adversary-head_branch-0-hidden-weight", "adversary-head_branch-0-hidden-bias", 2);
        set("adversary-head_branch-0-logits-weight", "adversary-head_branch-0-logits-bias", 3);
        INDArray inputs = Nd4j.create(DataType.FLOAT, CLIPS, 3);
        for (int i = 0; i < CLIPS; i++) {
            for (int j = 0; j < 3; j++) {
                inputs.putScalar(i, j, Math.sin(1 + 2 * i + j));
            }
        }
        graph.setInputs(inputs);
        graph.setLabels(oneHot(2, 0, 1, 1, 0), oneHot(3, 2, 0, 1, 2));
        graph.computeGradientAndScore();
    }

    /** The figures are those of PyTorch 2.13 with an autograd.Function that returns the negative, scaled gradient. */
    @Test
    void gradientsAreThoseOfPyTorch() {
        assertThat(loss(0)).isCloseTo(0.6823683826947713, within(1e-6));
        assertThat(loss(1)).isCloseTo(1.0879976109110587, within(1e-6));
        assertThat(gradient("vector_W"))
                .containsExactly(
                        new double[] {
                            -0.31476796,
                            0.29908258,
                            -0.27777376,
                            -0.4167445,
                            0.4120077,
                            -0.39239416,
                            -0.13556807,
                            0.14613484,
                            -0.14624918
                        },
                        within(1e-6));
        assertThat(gradient("vector_b"))
                .containsExactly(new double[] {-0.01779985, 0.02322952, -0.01806126}, within(1e-6));
        assertThat(gradient("emotion_W"))
                .containsExactly(
                        new double[] {-0.01364624, 0.01364624, 0.00818739, -0.00818739, 0.00968601, -0.00968601},
                        within(1e-6));
        assertThat(Arrays.copyOf(gradient("adversary-head_branch-0-hidden-weight"), 3))
                .containsExactly(new double[] {-0.01025887, 0.01039943, -0.01230668}, within(1e-6));
        assertThat(Arrays.copyOf(gradient("adversary-head_branch-0-logits-weight"), 3))
                .containsExactly(new double[] {-0.00405043, 0.00066327, 0.00338716}, within(1e-6));
        assertThat(gradient("adversary-head_branch-0-logits-bias"))
                .containsExactly(new double[] {0.06882666, 0.07794167, -0.14676833}, within(1e-6));
    }

    private double loss(int output) {
        return graph.getOutputLayer(output).score();
    }

    /** Returns the gradient of the mean over the clips, row by row. */
    private double[] gradient(String parameter) {
        return sum(parameter).div(CLIPS).dup('c').data().asDouble();
    }

    private INDArray sum(String parameter) {
        return graph.gradient().getGradientFor(parameter);
    }

    private void set(String layer, int offset) {
        set(layer + "_W", layer + "_b", offset);
    }

    private void set(String weights, String biases, int offset) {
        INDArray weight = graph.getParam(weights);
        for (int i = 0; i < weight.rows(); i++) {
            for (int j = 0; j < weight.columns(); j++) {
                weight.putScalar(i, j, 0.5 * Math.sin(1 + offset + 3 * i + 2 * j));
            }
        }
        INDArray bias = graph.getParam(biases);
        for (int j = 0; j < bias.length(); j++) {
            bias.putScalar(j, 0.1 * Math.cos(offset + j));
        }
    }

    private static INDArray oneHot(int classes, int... labels) {
        INDArray targets = Nd4j.zeros(DataType.FLOAT, labels.length, classes);
        for (int i = 0; i < labels.length; i++) {
            targets.putScalar(i, labels[i], 1);
        }
        return targets;
    }

    private static ComputationGraph graph() {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(new NoOp())
                .graphBuilder()
                .addInputs("input")
                .addLayer(
                        "vector",
                        new DenseLayer.Builder()
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        "input")
                .addLayer(
                        "emotion",
                        new OutputLayer.Builder(new LossMCXENT())
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "vector");
        new Adversary(3, WEIGHT).addTo(builder, List.of(3), "vector");
        ComputationGraphConfiguration configuration = builder.setOutputs("emotion", Adversary.OUTPUT)
                .setInputTypes(InputType.feedForward(3))
                .build();
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return graph;
    }
}
