package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.speechemotion.encoder.graph.Cut;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.model.TinyEncoder.Place;
import org.speechemotion.weights.Tensors;

/** Against PyTorch's autograd over Hugging Face's models. */
class FineTunedEncoderTest {
    static List<String> names() {
        return TinyEncoder.NAMES;
    }

    static Stream<Arguments> cuts() {
        return Stream.of("hubert-base", "hubert-large", "hubert-distil", "wavlm-base", "wavlm-large")
                .flatMap(name -> Stream.of(Place.LAST_TWO_LAYERS, Place.FEATURES, Place.WAVEFORM)
                        .map(place -> Arguments.of(name, place)));
    }

    /** One of each cut, and of each kind of encoder. */
    static Stream<Arguments> fewCuts() {
        return Stream.of(
                Arguments.of("wavlm-large", Place.LAST_TWO_LAYERS),
                Arguments.of("wavlm-base", Place.FEATURES),
                Arguments.of("hubert-base", Place.WAVEFORM),
                Arguments.of("hubert-large", Place.WAVEFORM));
    }

    @ParameterizedTest
    @MethodSource("names")
    void gradientsOfTheHeadAndTheLastLayerAreThoseOfPyTorch(String name) {
        TinyEncoder tiny = TinyEncoder.open(name, Place.LAST_LAYER, new Sgd(0.1));
        Map<String, INDArray> found = gradients(tiny, batch(tiny));
        assertThat(tiny.network.score()).isCloseTo(tiny.expected.read("head.loss")[0], within(1e-5));
        Map<String, float[]> expected = new HashMap<>();
        expected.put("pooling_branch-0-score", tiny.expected.read("grad.head.attn_w"));
        expected.put("head_branch-0-hidden-weight", tiny.expected.read("grad.head.w1"));
        expected.put("head_branch-0-hidden-bias", tiny.expected.read("grad.head.b1"));
        expected.put("head_branch-0-logits-weight", tiny.expected.read("grad.head.w2"));
        expected.put("head_branch-0-logits-bias", tiny.expected.read("grad.head.b2"));
        for (String gradient : tiny.expected.names("grad.encoder.")) {
            String tensor = gradient.substring("grad.encoder.".length());
            expected.put("encoder_" + FineTunedEncoder.key(tensor), tiny.expected.read(gradient));
        }
        assertThat(found.keySet()).containsAll(expected.keySet());
        expected.forEach((parameter, gradient) -> assertClose(parameter, found.get(parameter), gradient));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void gradientsAboveTheCutAreThoseOfPyTorch(String name, Place place) {
        TinyEncoder tiny = TinyEncoder.open(name, place, new Sgd(0.1));
        Map<String, INDArray> found = gradients(tiny, batch(tiny));
        assertThat(tiny.network.score()).isCloseTo(tiny.expected.read("head.loss")[0], within(1e-5));
        EncoderSpan span = EncoderSpan.above(place.of(tiny.config), tiny.config);
        Set<String> trained = new TreeSet<>(span.parameters(tiny.config).keySet());
        trained.removeAll(span.sharedFromBelow());
        assertThat(trained).isNotEmpty();
        try (Tensors expected = TinyEncoder.gradients(name)) {
            for (String tensor : trained) {
                assertClose(tensor, found.get("encoder_" + FineTunedEncoder.key(tensor)), expected.read(tensor));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fewCuts")
    void aStepChangesExactlyTheTrainedParameters(String name, Place place) {
        TinyEncoder tiny = TinyEncoder.open(name, place, new Adam(1e-3));
        Map<String, INDArray> before = new HashMap<>();
        tiny.network.paramTable().forEach((parameter, values) -> before.put(parameter, values.dup()));
        FrameBatch batch = batch(tiny);
        tiny.network.fit(new MultiDataSet(
                new INDArray[] {batch.frames()}, new INDArray[] {labels()}, new INDArray[] {batch.mask()}, null));
        Set<String> same = new TreeSet<>();
        tiny.network.paramTable().forEach((parameter, values) -> {
            assertThat(values.isNaN().any()).as(parameter).isFalse();
            if (values.equalsWithEps(before.get(parameter), 0)) {
                same.add(parameter);
            }
        });
        boolean shares = tiny.config.relativePosition().isPresent() && place == Place.LAST_TWO_LAYERS;
        Set<String> shared = Set.of("encoder_" + FineTunedEncoder.key(TensorNames.RELATIVE_POSITION));
        assertThat(same).isEqualTo(shares ? shared : Set.of());
    }

    @Test
    void weightsDecayButNotBiasesAndNormalisations() {
        TinyEncoder tiny = TinyEncoder.open("hubert-base", Place.LAST_LAYER, new Sgd(0.1));
        Layer layer = tiny.network.getLayer(EmotionNetwork.ENCODER);
        FineTunedEncoder encoder = (FineTunedEncoder) layer.conf().getLayer();
        encoder.setRegularization(List.of(new L2Regularization(0.1)));
        for (String parameter : layer.paramTable().keySet()) {
            boolean matrix = parameter.endsWith(".weight") && !parameter.contains("norm");
            assertThat(encoder.getRegularizationByParam(parameter))
                    .as(parameter)
                    .hasSize(matrix ? 1 : 0);
        }
    }

    /** DL4J serialises the configuration to send it to the workers of a cluster. */
    @Test
    void itsConfigurationSurvivesJavasSerialisation() throws Exception {
        ComputationGraphConfiguration configuration = TinyEncoder.open("wavlm-base", Place.LAST_LAYER, new Adam(1e-3))
                .network
                .getConfiguration();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(configuration);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((ComputationGraphConfiguration) in.readObject()).toJson())
                    .isEqualTo(configuration.toJson());
        }
    }

    @ParameterizedTest
    @MethodSource("fewCuts")
    void theContentOfThePaddingDoesNotMatter(String name, Place place) {
        TinyEncoder tiny = TinyEncoder.open(name, place, new Sgd(0.1));
        FrameBatch clean = batch(tiny);
        INDArray frames = clean.frames().dup();
        for (int clip = 0; clip < tiny.below.size(); clip++) {
            frames.get(
                            NDArrayIndex.point(clip),
                            NDArrayIndex.interval(tiny.below.get(clip).time(), frames.size(1)),
                            NDArrayIndex.all())
                    .assign(1e3);
        }
        FrameBatch dirty = new FrameBatch(frames, clean.mask());
        assertThat(dirty.frames()).isNotEqualTo(clean.frames());
        assertThat(output(tiny.network, dirty)).isEqualTo(output(tiny.network, clean));
        Map<String, INDArray> expected = gradients(tiny, clean);
        Map<String, INDArray> found = gradients(tiny, dirty);
        expected.forEach((parameter, gradient) -> assertThat(
                        found.get(parameter).sub(gradient).amaxNumber().doubleValue())
                .as(parameter)
                .isLessThanOrEqualTo(1e-7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hubert-base", "wavlm-large"})
    void aClipsProbabilitiesDoNotDependOnItsBatch(String name) {
        for (Place place : List.of(Place.LAST_LAYER, Place.FEATURES, Place.WAVEFORM)) {
            TinyEncoder tiny = TinyEncoder.open(name, place, new Sgd(0.1));
            INDArray together = output(tiny.network, batch(tiny));
            for (int clip = 0; clip < tiny.below.size(); clip++) {
                FrameBatch alone = FrameBatch.of(tiny.below.subList(clip, clip + 1), 1);
                assertThat(output(tiny.network, alone).toFloatVector())
                        .containsExactly(together.getRow(clip).toFloatVector(), within(2e-6f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fewCuts")
    void aSavedNetworkPredictsTheSame(String name, Place place) throws IOException {
        TinyEncoder tiny = TinyEncoder.open(name, place, new Adam(1e-3));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        NetworkFile.write(tiny.network, true, file);
        ComputationGraph read = NetworkFile.read(new ByteArrayInputStream(file.toByteArray()), file.size(), true)
                .network();
        ComputationGraphConfiguration configuration = tiny.network.getConfiguration();
        assertThat(read.getConfiguration().toJson()).isEqualTo(configuration.toJson());
        assertThat(read.getConfiguration()).isEqualTo(configuration);
        FrameBatch batch = batch(tiny);
        assertThat(output(read, batch)).isEqualTo(output(tiny.network, batch));
    }

    @Test
    void missingLayersAreRejected() {
        TransformerConfig config = TinyEncoder.open("hubert-base", Place.LAST_LAYER, new Sgd(0.1)).config;
        for (EncoderSpan span : List.of(
                new EncoderSpan(new Cut.Hidden(3), 3),
                new EncoderSpan(new Cut.Features(), 4),
                new EncoderSpan(new Cut.Hidden(2), 2))) {
            assertThatThrownBy(() -> new FineTunedEncoder(config, span, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(span.from().toString())
                    .hasMessageContaining("to 3");
        }
        assertThatThrownBy(() -> Cut.parse("hidden-x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hidden-x")
                .hasMessageContaining("waveform, features");
    }

    private static void assertClose(String parameter, INDArray found, float[] expected) {
        float[] values = found.dup('c').data().asFloat();
        assertThat(values).as(parameter).hasSameSizeAs(expected);
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < values.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(expected[i] - values[i]));
        }
        // The gradient of the keys' bias is 0 but for rounding: it moves all scores of a query alike.
        assertThat(worst).as(parameter).isLessThanOrEqualTo(1e-4 * largest + 1e-7);
    }

    private static FrameBatch batch(TinyEncoder tiny) {
        return FrameBatch.of(tiny.below, 1);
    }

    private static Map<String, INDArray> gradients(TinyEncoder tiny, FrameBatch batch) {
        return Gradients.of(tiny.network, batch, TinyEncoder.LABELS);
    }

    private static INDArray labels() {
        INDArray labels = Nd4j.zeros(3, 8);
        for (int clip = 0; clip < 3; clip++) {
            labels.putScalar(clip, TinyEncoder.LABELS[clip], 1);
        }
        return labels;
    }

    private static INDArray output(ComputationGraph graph, FrameBatch batch) {
        return graph.output(false, new INDArray[] {batch.frames()}, new INDArray[] {batch.mask()})[0];
    }
}
