package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.model.NetworkSettings.ContextSettings;

class ContextPoolingTest {
    private static final int WIDTH = TinyNetwork.FRAME_WIDTH;
    private static final int[] LABELS = {3, 0, 7, 1, 5};

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(List.of(3), List.of(5, 3), List.of(2, 1), true),
                Arguments.of(List.of(3, 3, 2), List.of(5, 5), List.of(2, 2), false),
                Arguments.of(List.of(3, 1), List.of(1, 1), List.of(1, 1), true),
                Arguments.of(List.of(2), List.of(2, 4), List.of(2, 1), true),
                Arguments.of(List.of(1, 3), List.of(4, 3), List.of(4, 2), true),
                Arguments.of(List.of(3, 3), List.of(7, 3), List.of(3, 3), false),
                Arguments.of(List.of(3), List.of(5), List.of(1), true),
                Arguments.of(List.of(3, 2), List.of(), List.of(), true),
                Arguments.of(List.of(3), List.of(), List.of(), false));
    }

    /** The first layer passes the gradient of its input on to a layer that is trained. */
    @ParameterizedTest
    @MethodSource("shapes")
    void equalsTheGraph(List<Integer> widths, List<Integer> kernels, List<Integer> strides, boolean deviation) {
        ContextSettings context = new ContextSettings(6, kernels, strides);
        ContextPooling pooling = new ContextPooling(WIDTH, widths, context, deviation, true);
        ComputationGraph kernel = graph(pooling);
        ComputationGraph graph = graph(new GraphContextPooling(pooling));
        // A bias of 0 would hide it.
        kernel.paramTable().forEach((name, values) -> {
            if (name.contains("bias")) {
                values.addi(0.1);
            }
        });
        graph.setParams(kernel.params());

        FrameBatch ragged = FrameBatch.of(clips(), context.totalStride());
        FrameBatch gaps = new FrameBatch(ragged.frames(), ragged.mask().dup());
        for (int frame : new int[] {0, 4, 5, 6, 21}) {
            gaps.mask().putScalar(2, frame, 0);
        }
        for (FrameBatch batch : List.of(ragged, gaps)) {
            assertClose("output", output(kernel, batch), output(graph, batch));
            Map<String, INDArray> expected = Gradients.of(graph, batch, LABELS);
            Map<String, INDArray> found = Gradients.of(kernel, batch, LABELS);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            expected.forEach((name, gradient) -> assertClose(name, found.get(name), gradient));
            assertThat(expected.get("trained_weight").amaxNumber().doubleValue())
                    .isGreaterThan(1e-3);
        }
    }

    /** Layers grow and reuse their buffers. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotDependOnEarlierBatches(boolean normalization) {
        ComputationGraph used = TinyNetwork.graph(normalization, 1);
        FrameBatch batch = FrameBatch.of(clips(), TinyNetwork.TIME_MULTIPLE);
        Gradients.of(used, FrameBatch.of(List.of(TinyNetwork.clip(90, 8), TinyNetwork.clip(80, 9)), 2), 1, 2);
        Gradients.of(used, FrameBatch.of(List.of(TinyNetwork.clip(2, 8)), 2), 1);
        output(used, FrameBatch.of(List.of(TinyNetwork.clip(70, 8)), 2));
        Map<String, INDArray> expected = Gradients.of(TinyNetwork.graph(normalization, 1), batch, LABELS);
        Map<String, INDArray> found = Gradients.of(used, batch, LABELS);
        expected.forEach((name, gradient) -> {
            if (!name.endsWith("mean") && !name.endsWith("log10stdev")) {
                assertThat(found.get(name)).as(name).isEqualTo(gradient);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "3, 0", "0, 0", "5, -1"})
    void everyFrameHasInfluence(int kernel, int stride) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContextSettings(4, List.of(kernel), List.of(stride)))
                .withMessage("context.kernels [" + kernel + "], context.strides [" + stride
                        + "]; allowed: kernel ≥ stride ≥ 1");
    }

    @Test
    void branchesSeeSomeOfTheValues() {
        for (List<Integer> widths : List.of(List.<Integer>of(), List.of(3, 0), List.of(4), List.of(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> layer(widths))
                    .withMessage("branches see " + widths + " of 3 values; allowed: 1 to 32 branches, and for each 1"
                            + " to all values");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer(Collections.nCopies(33, 3)))
                .withMessageContaining("1 to 32 branches");
    }

    @Test
    void checksTheShapeOfItsInput() {
        ContextPooling pooling = layer(List.of(3));
        assertThatCode(() -> pooling.validateInput(zeros(2, 8, 3))).doesNotThrowAnyException();
        for (long[] shape : new long[][] {{2, 7, 3}, {2, 8, 4}, {8, 3}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pooling.validateInput(zeros(shape)))
                    .withMessage("the input of the context network has shape " + Arrays.toString(shape)
                            + "; allowed: [batch, a multiple of 2, 3]");
        }
    }

    @Test
    void theNetworkChecksTheShapeOfItsInput() {
        INDArray[] frames = {zeros(1, 7, 3)};
        INDArray[] mask = {Nd4j.ones(DataType.FLOAT, 1, 7)};
        assertThatThrownBy(() -> TinyNetwork.graph(false, 1).output(false, frames, mask))
                .hasStackTraceContaining("allowed: [batch, a multiple of 2, 3]");
    }

    @Test
    void layersOfOtherShapesAreNotEqual() {
        ContextSettings context = new ContextSettings(4, List.of(5), List.of(2));
        ContextPooling pooling = new ContextPooling(3, List.of(3, 2), context, true, false);
        assertThat(pooling)
                .isEqualTo(new ContextPooling(3, List.of(3, 2), context, true, false))
                .hasSameHashCodeAs(new ContextPooling(3, List.of(3, 2), context, true, false))
                .isNotEqualTo(new ContextPooling(4, List.of(3, 2), context, true, false))
                .isNotEqualTo(new ContextPooling(3, List.of(3, 3), context, true, false))
                .isNotEqualTo(new ContextPooling(
                        3, List.of(3, 2), new ContextSettings(5, List.of(5), List.of(2)), true, false))
                .isNotEqualTo(new ContextPooling(
                        3, List.of(3, 2), new ContextSettings(4, List.of(4), List.of(2)), true, false))
                .isNotEqualTo(new ContextPooling(
                        3, List.of(3, 2), new ContextSettings(4, List.of(5), List.of(1)), true, false))
                .isNotEqualTo(new ContextPooling(3, List.of(3, 2), context, false, false))
                .isNotEqualTo(new ContextPooling(3, List.of(3, 2), context, true, true));
    }

    private static ContextPooling layer(List<Integer> widths) {
        return new ContextPooling(3, widths, new ContextSettings(4, List.of(5), List.of(2)), true, false);
    }

    private static List<Frames> clips() {
        return List.of(
                TinyNetwork.clip(9, 1),
                TinyNetwork.clip(1, 2),
                TinyNetwork.clip(30, 3),
                TinyNetwork.clip(64, 4),
                TinyNetwork.clip(17, 5));
    }

    /** Returns a network whose frames come from a layer that is trained. */
    private static ComputationGraph graph(Layer pooling) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("frames");
        ComputationGraphConfiguration configuration = builder.addLayer("trained", new GraphFrames(WIDTH), "frames")
                .addLayer("pooling", pooling, "trained")
                .addLayer(
                        "emotion",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(EmotionSet.EIGHT.size())
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "pooling")
                .setOutputs("emotion")
                .setInputTypes(InputType.recurrent(WIDTH, RNNFormat.NWC))
                .build();
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return graph;
    }

    private static INDArray zeros(long... shape) {
        return Nd4j.zeros(DataType.FLOAT, shape);
    }

    private static INDArray output(ComputationGraph graph, FrameBatch batch) {
        return graph.output(false, new INDArray[] {batch.frames()}, new INDArray[] {batch.mask()})[0];
    }

    private static void assertClose(String name, INDArray found, INDArray expected) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        assertThat(found.sub(expected).amaxNumber().doubleValue())
                .as(name)
                .isLessThanOrEqualTo(1e-5 * Math.max(1, expected.amaxNumber().doubleValue()));
    }
}
