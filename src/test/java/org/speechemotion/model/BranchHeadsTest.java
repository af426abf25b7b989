package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.speechemotion.random.KeyedRandom;

class BranchHeadsTest {
    private static final int CLIPS = 5;
    private static final int CLASSES = 4;
    private static final int INPUTS = 3;

    static Stream<List<Integer>> widths() {
        return Stream.of(List.of(6), List.of(4, 7, 1));
    }

    /** The gradient of the input reaches a dense layer in front. */
    @ParameterizedTest
    @MethodSource("widths")
    void equalsTheGraph(List<Integer> widths) {
        BranchHeads heads = new BranchHeads(widths, 5, CLASSES, 0);
        ComputationGraph kernel = network(heads, widths);
        ComputationGraph graph = network(new GraphBranchHeads(heads), widths);
        kernel.params().addi(0.1);
        graph.setParams(kernel.params());
        INDArray input = random(CLIPS, INPUTS);
        assertThat(kernel.output(input)[0]
                        .sub(graph.output(input)[0])
                        .amaxNumber()
                        .doubleValue())
                .isCloseTo(0, within(1e-6));
        Map<String, INDArray> expected = gradients(graph, input);
        gradients(kernel, input).forEach((name, gradient) -> assertThat(
                        gradient.sub(expected.get(name)).amaxNumber().doubleValue())
                .as(name)
                .isCloseTo(0, within(1e-5)));
        assertThat(expected.get("first_W").amaxNumber().doubleValue()).isGreaterThan(1e-3);
    }

    /** The slope of the loss in each parameter, if the same inputs and units are dropped. */
    @Test
    void theGradientsAreSlopesWithDropoutToo() {
        List<Integer> widths = List.of(4, 7);
        ComputationGraph network = network(new BranchHeads(widths, 5, CLASSES, 0.4), widths);
        INDArray input = random(CLIPS, INPUTS);
        Map<String, INDArray> found = gradients(network, input);
        network.paramTable().forEach((name, values) -> {
            for (int i = 0; i < Math.min(values.length(), 10); i++) {
                long[] index =
                        values.rank() == 1 ? new long[] {i} : new long[] {i % values.size(0), i % values.size(1)};
                double before = values.getDouble(index);
                float step = 1e-2f;
                values.putScalar(index, before + step);
                double above = loss(network, input);
                values.putScalar(index, before - step);
                double below = loss(network, input);
                values.putScalar(index, before);
                assertThat(found.get(name).getDouble(index))
                        .as(name + " " + i)
                        .isCloseTo(CLIPS * (above - below) / (2 * step), within(2e-3));
            }
        });
    }

    @Test
    void dropoutKeepsTheMeanOfTheLogits() {
        List<Integer> widths = List.of(6);
        ComputationGraph network = network(new BranchHeads(widths, 200, CLASSES, 0.3), widths);
        INDArray input = random(1, INPUTS);
        double[] sums = new double[CLASSES];
        int repetitions = 4000;
        Nd4j.getRandom().setSeed(1);
        for (int i = 0; i < repetitions; i++) {
            float[] logits =
                    network.feedForward(input, true).get("heads").dup().data().asFloat();
            for (int j = 0; j < CLASSES; j++) {
                sums[j] += logits[j] / repetitions;
            }
        }
        float[] expected =
                network.feedForward(input, false).get("heads").dup().data().asFloat();
        for (int j = 0; j < CLASSES; j++) {
            // The GELU is not linear, so the mean of the logits is not exactly that of the network without dropout.
            assertThat(sums[j]).isCloseTo(expected[j], within(0.03));
        }
    }

    @Test
    void checksItsShapeAndThatOfItsInput() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BranchHeads(List.of(4, 0), 5, 8, 0))
                .withMessage("heads of [4, 0] values, 5 hidden units, 8 classes and a dropout of 0.0; allowed: 1 to 32"
                        + " heads, at least 1 of each, and a dropout of at least 0 and below 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new BranchHeads(List.of(4), 5, 8, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BranchHeads(List.of(4), 0, 8, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new BranchHeads(List.of(), 5, 8, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BranchHeads(List.of(4, 2), 5, 8, 0).validateInput(random(3, 7)))
                .withMessage("the input of the heads has shape [3, 7]; allowed: [batch, 6]");
    }

    @Test
    void layersOfOtherShapesAreNotEqual() {
        assertThat(new BranchHeads(List.of(4, 2), 5, 8, 0.1))
                .isEqualTo(new BranchHeads(List.of(4, 2), 5, 8, 0.1))
                .hasSameHashCodeAs(new BranchHeads(List.of(4, 2), 5, 8, 0.1))
                .isNotEqualTo(new BranchHeads(List.of(4, 3), 5, 8, 0.1))
                .isNotEqualTo(new BranchHeads(List.of(4, 2), 6, 8, 0.1))
                .isNotEqualTo(new BranchHeads(List.of(4, 2), 5, 9, 0.1))
                .isNotEqualTo(new BranchHeads(List.of(4, 2), 5, 8, 0.2));
    }

    private static ComputationGraph network(Layer heads, List<Integer> widths) {
        int width = widths.stream().reduce(0, Integer::sum);
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("vectors")
                .addLayer(
                        "first",
                        new DenseLayer.Builder()
                                .nOut(width)
                                .activation(Activation.TANH)
                                .build(),
                        "vectors")
                .addLayer("heads", heads, "first")
                .addLayer("loss", BranchLoss.layer(List.of(), CLASSES), "heads")
                .setOutputs("loss")
                .setInputTypes(InputType.feedForward(INPUTS))
                .build();
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return graph;
    }

    private static INDArray random(int rows, int columns) {
        KeyedRandom random = new KeyedRandom(1, "vectors");
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Nd4j.create(values, new long[] {rows, columns}, 'c');
    }

    private static Map<String, INDArray> gradients(ComputationGraph network, INDArray input) {
        loss(network, input);
        Map<String, INDArray> gradients = new HashMap<>();
        network.gradient().gradientForVariable().forEach((name, gradient) -> gradients.put(name, gradient.dup()));
        return gradients;
    }

    private static double loss(ComputationGraph network, INDArray input) {
        int[] labels = {1, 3, 0, 2, 1};
        float[][] oneHot = new float[labels.length][CLASSES];
        for (int i = 0; i < labels.length; i++) {
            oneHot[i][labels[i]] = 1;
        }
        Nd4j.getRandom().setSeed(7);
        network.setInputs(input);
        network.setLabels(Nd4j.create(oneHot));
        network.computeGradientAndScore();
        return network.score();
    }
}
