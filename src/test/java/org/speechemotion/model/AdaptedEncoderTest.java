package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.Lora.Projection;
import org.speechemotion.encoder.graph.Adapters;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.model.TinyEncoder.Place;
import org.speechemotion.weights.Tensors;
import org.speechemotion.weights.WeightsException;

/** Against PyTorch's autograd over Hugging Face's models; see {@code src/test/python/lora_gradients.py}. */
class AdaptedEncoderTest {
    private static final Lora ALL = new Lora(3, 6, List.of(Projection.values()));

    @ParameterizedTest
    @ValueSource(strings = {"hubert-base", "hubert-large", "wavlm-base"})
    void theLossAndTheGradientsOfTheAdaptersArePyTorchs(String name) {
        TinyEncoder tiny = TinyEncoder.adapted(name, ALL, new Sgd(0.1));
        try (Tensors expected = TinyEncoder.tensors("lora/" + name)) {
            Set<String> matrices = matrices(tiny, ALL);
            for (String matrix : matrices) {
                INDArray parameter = tiny.network.getParam("encoder_" + EncoderLayer.key(matrix));
                parameter.assign(Nd4j.create(expected.read(matrix), parameter.shape(), 'c'));
            }
            Map<String, INDArray> found = Gradients.of(tiny.network, batch(tiny), TinyEncoder.LABELS);
            assertThat(tiny.network.score()).isCloseTo(expected.read("loss")[0], within(1e-5));
            assertThat(matrices).hasSize(2 * 2 * 6);
            for (String matrix : matrices) {
                float[] gradient = expected.read("grad." + matrix);
                double largest = 0;
                for (float value : gradient) {
                    largest = Math.max(largest, Math.abs(value));
                }
                assertThat(found.get("encoder_" + EncoderLayer.key(matrix))
                                .dup('c')
                                .data()
                                .asFloat())
                        .as(matrix)
                        .containsExactly(gradient, within((float) (1e-4 * largest + 1e-7)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hubert-base", "hubert-large", "wavlm-base"})
    void anUntrainedAdapterChangesNothing(String name) {
        TinyEncoder adapted = TinyEncoder.adapted(name, ALL, new Sgd(0.1));
        TinyEncoder plain = TinyEncoder.open(name, Place.LAST_TWO_LAYERS, new Sgd(0.1));
        assertThat(output(adapted.network, batch(adapted)).toFloatMatrix())
                .isDeepEqualTo(output(plain.network, batch(plain)).toFloatMatrix());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hubert-base", "wavlm-base"})
    void aStepTrainsTheAdaptersAndNoOtherPartOfTheEncoder(String name) {
        TinyEncoder tiny = TinyEncoder.adapted(name, Lora.NONE.withRank(2), new Adam(1e-2));
        Set<String> expected = new TreeSet<>();
        matrices(tiny, Lora.NONE.withRank(2)).forEach(matrix -> expected.add("encoder_" + EncoderLayer.key(matrix)));
        Set<String> found = new TreeSet<>(tiny.network.paramTable().keySet());
        found.removeIf(parameter -> !parameter.startsWith("encoder_"));
        assertThat(found).isEqualTo(expected).hasSize(2 * 2 * 2);
        double before = loss(tiny);
        // In the first step only B has a gradient, because B is 0.
        fit(tiny, 8);
        for (String parameter : found) {
            assertThat(tiny.network.getParam(parameter).amaxNumber().doubleValue())
                    .as(parameter)
                    .isPositive();
        }
        assertThat(loss(tiny)).isLessThan(before / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hubert-base", "hubert-large", "wavlm-base"})
    void aMergedNetworkComputesTheSame(String name) {
        TinyEncoder tiny = TinyEncoder.adapted(name, ALL, new Adam(1e-2));
        float[][] untrained = output(tiny.network, batch(tiny)).toFloatMatrix();
        fit(tiny, 5);
        ComputationGraph merged = AdaptedEncoder.merged(tiny.network);
        assertThat(merged.getConfiguration().toJson())
                .contains("FineTunedEncoder")
                .doesNotContain("AdaptedEncoder");
        float[][] trained = output(tiny.network, batch(tiny)).toFloatMatrix();
        float[][] found = output(merged, batch(tiny)).toFloatMatrix();
        assertThat(Arrays.deepEquals(trained, untrained)).isFalse();
        for (int clip = 0; clip < trained.length; clip++) {
            assertThat(found[clip]).containsExactly(trained[clip], within(2e-6f));
        }
    }

    @Test
    void aNetworkWithoutAdaptersIsMergedAlready() {
        ComputationGraph network = TinyEncoder.open("hubert-base", Place.LAST_LAYER, new Sgd(0.1)).network;
        assertThat(AdaptedEncoder.merged(network)).isSameAs(network);
    }

    @Test
    void aSavedNetworkPredictsTheSameAndIsSmall() throws IOException {
        TinyEncoder tiny = TinyEncoder.adapted("wavlm-base", Lora.NONE.withRank(2), new Adam(1e-2));
        fit(tiny, 3);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        NetworkFile.write(tiny.network, true, file);
        ComputationGraph read = NetworkFile.read(new ByteArrayInputStream(file.toByteArray()), file.size(), true)
                .network();
        assertThat(read.getConfiguration()).isEqualTo(tiny.network.getConfiguration());
        assertThat(output(read, batch(tiny))).isEqualTo(output(tiny.network, batch(tiny)));
        Map<String, Long> sizes = new HashMap<>();
        Map.of("apart", read, "merged", AdaptedEncoder.merged(read))
                .forEach((name, network) -> sizes.put(
                        name,
                        network.paramTable().entrySet().stream()
                                .filter(parameter -> parameter.getKey().startsWith("encoder_"))
                                .mapToLong(parameter -> parameter.getValue().length())
                                .sum()));
        assertThat(sizes.get("apart")).isEqualTo(2 * 2 * 2 * 2 * 32).isLessThan(sizes.get("merged") / 10);
    }

    /** As DL4J sends it to the workers of a cluster. */
    @Test
    void itsConfigurationSurvivesJavasSerialisation() throws Exception {
        ComputationGraphConfiguration configuration =
                TinyEncoder.adapted("wavlm-base", ALL, new Adam(1e-3)).network.getConfiguration();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(configuration);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((ComputationGraphConfiguration) in.readObject()).toJson())
                    .isEqualTo(configuration.toJson());
        }
    }

    @Test
    void anEncoderThatWasNotOpenedIsNamed() {
        TinyEncoder tiny = TinyEncoder.adapted("hubert-base", ALL, new Sgd(0.1));
        ((AdaptedEncoder) tiny.network.getLayer("encoder").conf().getLayer()).setBase("1f2e");
        assertThatThrownBy(() -> AdaptedEncoder.merged(tiny.network))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1f2e")
                .hasMessageContaining("not opened");
    }

    /** Or a small file could ask for any amount of memory. */
    @Test
    void anEncoderOfOtherSizesIsRefused() {
        TinyEncoder tiny = TinyEncoder.adapted("hubert-base", ALL, new Sgd(0.1));
        AdaptedEncoder layer =
                (AdaptedEncoder) tiny.network.getLayer("encoder").conf().getLayer();
        Map<String, Object> architecture = new HashMap<>(layer.getArchitecture());
        architecture.put("intermediate_size", 1 << 15);
        layer.setArchitecture(architecture);
        assertThatThrownBy(() -> AdaptedEncoder.merged(tiny.network))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("intermediate_dense.weight of shape [32768, 32]")
                .hasMessageContaining("has [64, 32]");
    }

    private static Set<String> matrices(TinyEncoder tiny, Lora lora) {
        EncoderSpan span = EncoderSpan.above(Place.LAST_TWO_LAYERS.of(tiny.config), tiny.config);
        return new Adapters(lora).parameters(span, tiny.config).keySet();
    }

    private static FrameBatch batch(TinyEncoder tiny) {
        return FrameBatch.of(tiny.below, 1);
    }

    private static void fit(TinyEncoder tiny, int steps) {
        FrameBatch batch = batch(tiny);
        INDArray labels = Nd4j.zeros(3, 8);
        for (int clip = 0; clip < 3; clip++) {
            labels.putScalar(clip, TinyEncoder.LABELS[clip], 1);
        }
        for (int step = 0; step < steps; step++) {
            tiny.network.fit(new MultiDataSet(
                    new INDArray[] {batch.frames()}, new INDArray[] {labels}, new INDArray[] {batch.mask()}, null));
        }
    }

    private static double loss(TinyEncoder tiny) {
        Gradients.of(tiny.network, batch(tiny), TinyEncoder.LABELS);
        return tiny.network.score();
    }

    private static INDArray output(ComputationGraph graph, FrameBatch batch) {
        return graph.output(false, new INDArray[] {batch.frames()}, new INDArray[] {batch.mask()})[0];
    }
}
