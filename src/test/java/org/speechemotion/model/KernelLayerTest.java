package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;

/** Compares the kernels with SameDiff graphs of the same definition, forward and backward. */
class KernelLayerTest {
    private static final int OUTPUT_WIDTH = 6;
    private static final int[] LABELS = {3, 0, 7, 1, 5};

    /** The second convolution passes the gradient of its input on to the first one. */
    @ParameterizedTest
    @CsvSource({
        "5, 2, 3, 1, true",
        "5, 2, 5, 2, false",
        "1, 1, 1, 1, true",
        "2, 2, 4, 1, true",
        "4, 4, 3, 2, true",
        "7, 3, 3, 3, false",
        "5, 1, 5, 1, true"
    })
    void equalsTheGraph(int kernel, int stride, int secondKernel, int secondStride, boolean deviation) {
        MaskedConvolution first = new MaskedConvolution(TinyNetwork.FRAME_WIDTH, 5, kernel, stride);
        MaskedConvolution second = new MaskedConvolution(5, OUTPUT_WIDTH, secondKernel, secondStride);
        AttentivePooling pooling = new AttentivePooling(OUTPUT_WIDTH, deviation);
        ComputationGraph kernels = graph(first, second, pooling);
        ComputationGraph graphs =
                graph(new GraphConvolution(first), new GraphConvolution(second), new GraphPooling(pooling));
        assertThat(graphs.params()).isEqualTo(kernels.params());
        // A bias of 0 would hide it.
        INDArray bias = kernels.getParam("first_bias");
        bias.addi(0.1);
        graphs.getParam("first_bias").assign(bias);

        FrameBatch ragged = FrameBatch.of(clips(), stride * secondStride);
        FrameBatch gaps = new FrameBatch(ragged.frames(), ragged.mask().dup());
        for (int frame : new int[] {0, 4, 5, 6, 21}) {
            gaps.mask().putScalar(2, frame, 0);
        }
        for (FrameBatch batch : List.of(ragged, gaps)) {
            assertClose("output", output(kernels, batch), output(graphs, batch));
            Map<String, INDArray> expected = Gradients.of(graphs, batch, LABELS);
            Map<String, INDArray> found = Gradients.of(kernels, batch, LABELS);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            expected.forEach((name, gradient) -> assertClose(name, found.get(name), gradient));
            assertThat(expected.get("first_weight").amaxNumber().doubleValue()).isGreaterThan(1e-3);
        }
    }

    /** Layers grow and reuse their buffers. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
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

    private static List<Frames> clips() {
        return List.of(
                TinyNetwork.clip(9, 1),
                TinyNetwork.clip(1, 2),
                TinyNetwork.clip(30, 3),
                TinyNetwork.clip(64, 4),
                TinyNetwork.clip(17, 5));
    }

    private static ComputationGraph graph(Layer first, Layer second, Layer pooling) {
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("frames")
                .addLayer("first", first, "frames")
                .addLayer("second", second, "first")
                .addLayer("pooling", pooling, "second")
                .addLayer(
                        "emotion",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(EmotionSet.EIGHT.size())
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "pooling")
                .setOutputs("emotion")
                .setInputTypes(InputType.recurrent(TinyNetwork.FRAME_WIDTH, RNNFormat.NWC))
                .build();
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return graph;
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
