package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.model.NetworkSettings.ContextSettings;

/** Against PyTorch; {@code src/test/resources/model/README.md} says how the expected values were made. */
class EmotionNetworkTest {

    @ParameterizedTest
    @ValueSource(strings = {"network.json", "network-normalized.json"})
    void predictionsAreThoseOfPyTorch(String fixture) throws IOException {
        Fixture expected = Fixture.read(fixture);
        EmotionModel model = new EmotionModel(graph(expected), TinyNetwork.TIME_MULTIPLE);
        List<float[]> probabilities = model.probabilities(expected.frames());
        for (int clip = 0; clip < probabilities.size(); clip++) {
            assertThat(probabilities.get(clip)).hasSize(EmotionSet.EIGHT.size());
            assertThat(probabilities.get(clip))
                    .containsExactly(expected.probabilities().get(clip), within(1e-6f));
        }
    }

    @Test
    void lossAndGradientsAreThoseOfPyTorch() throws IOException {
        Fixture expected = Fixture.read("network.json");
        ComputationGraph graph = graph(expected);
        FrameBatch batch = FrameBatch.of(expected.frames(), TinyNetwork.TIME_MULTIPLE);
        Map<String, INDArray> gradients = Gradients.of(graph, batch, expected.labels());
        assertThat(graph.score()).isCloseTo(expected.loss(), within(1e-6));
        assertThat(gradients.keySet()).isEqualTo(expected.gradients().keySet());
        gradients.forEach(
                (name, gradient) -> assertThat(gradient.dup('c').data().asFloat())
                        .as(name)
                        .containsExactly(expected.gradients().get(name), within(1e-5f)));
    }

    @Test
    void withoutContextTheFramesArePooledDirectly() {
        NetworkSettings settings = NetworkSettings.of(new ContextSettings(4, List.of(), List.of()), 5)
                .withPooling(false, false);
        ComputationGraph graph = new ComputationGraph(EmotionNetwork.configuration(settings, 3, new Adam(0.01), 1));
        graph.init();
        assertThat(graph.getParam("pooling_branch-0-score").shape()).containsExactly(3, 1);
        assertThat(graph.getParam("head_branch-0-hidden-weight").shape()).containsExactly(3, 5);
        assertThat(new EmotionModel(graph, 1).probabilities(List.of(TinyNetwork.clip(4, 1))))
                .hasSize(1);
    }

    /** The bound of torch.nn.Conv1d and torch.nn.Linear. */
    @ParameterizedTest
    @CsvSource({
        "pooling_branch-0-context-0-weight, 60",
        "pooling_branch-0-context-1-weight, 640",
        "pooling_branch-0-score, 128",
        "head_branch-0-hidden-weight, 256",
        "head_branch-0-logits-weight, 200"
    })
    void initialWeightsAreUniformByTheNumberOfInputs(String parameter, int inputs) {
        NetworkSettings settings = NetworkSettings.of(new ContextSettings(128, List.of(5, 5), List.of(2, 1)), 200);
        ComputationGraph graph = new ComputationGraph(EmotionNetwork.configuration(settings, 12, new Adam(0.01), 1));
        graph.init();
        double bound = 1 / Math.sqrt(inputs);
        INDArray weights = graph.getParam(parameter);
        assertThat(weights.amaxNumber().doubleValue()).isBetween(0.97 * bound, bound);
        assertThat(weights.stdNumber().doubleValue()).isCloseTo(bound / Math.sqrt(3), withinPercentage(10));
    }

    @Test
    void theSeedDecidesTheInitialWeights() {
        INDArray weights = TinyNetwork.graph(true, 5).params();
        assertThat(TinyNetwork.graph(true, 5).params()).isEqualTo(weights);
        assertThat(TinyNetwork.graph(true, 6).params()).isNotEqualTo(weights);
    }

    @Test
    void dropoutIsForTrainingOnly() {
        NetworkSettings settings = NetworkSettings.of(new ContextSettings(4, List.of(5), List.of(1)), 5)
                .withDropout(0.5);
        ComputationGraph graph = new ComputationGraph(EmotionNetwork.configuration(settings, 3, new Adam(0.01), 1));
        graph.init();
        FrameBatch batch = FrameBatch.of(List.of(TinyNetwork.clip(20, 1), TinyNetwork.clip(9, 2)), 1);
        Set<Double> losses = new HashSet<>();
        Set<INDArray> predictions = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            Gradients.of(graph, batch, 0, 1);
            losses.add(graph.score());
            predictions.add(output(graph, batch));
        }
        assertThat(losses).hasSizeGreaterThan(1);
        assertThat(predictions).hasSize(1);
    }

    @Test
    void theConfigurationSurvivesJson() {
        ComputationGraphConfiguration configuration =
                EmotionNetwork.configuration(TinyNetwork.settings(true), 3, new Adam(0.01), 1);
        ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(configuration.toJson());
        assertThat(read).isEqualTo(configuration);
        assertThat(read.toJson()).isEqualTo(configuration.toJson());
    }

    @Test
    void aSerialisedNetworkPredictsTheSame() throws IOException {
        ComputationGraph graph = TinyNetwork.graph(true, 3);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        NetworkFile.write(graph, true, file);
        ComputationGraph read = NetworkFile.read(new ByteArrayInputStream(file.toByteArray()), file.size(), true)
                .network();
        FrameBatch batch = FrameBatch.of(List.of(TinyNetwork.clip(9, 1), TinyNetwork.clip(30, 2)), 2);
        assertThat(output(read, batch)).isEqualTo(output(graph, batch));
    }

    private static INDArray output(ComputationGraph graph, FrameBatch batch) {
        return graph.output(false, new INDArray[] {batch.frames()}, new INDArray[] {batch.mask()})[0];
    }

    /** Returns a network with the fixture's weights. */
    private static ComputationGraph graph(Fixture fixture) {
        boolean normalization = fixture.parameters().containsKey("pooling-normalization_gamma");
        ComputationGraph graph = TinyNetwork.graph(normalization, 1);
        assertThat(graph.paramTable().keySet()).isEqualTo(fixture.parameters().keySet());
        graph.paramTable()
                .forEach((name, parameter) ->
                        parameter.assign(Nd4j.create(fixture.parameters().get(name), parameter.shape(), 'c')));
        return graph;
    }

    /** The file of {@code network.py}: row-major arrays, parameters and gradients by name. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Fixture(
            List<float[]> clips,
            int[] labels,
            Map<String, float[]> parameters,
            List<float[]> probabilities,
            double loss,
            Map<String, float[]> gradients) {

        static Fixture read(String name) throws IOException {
            try (InputStream file = EmotionNetworkTest.class.getResourceAsStream("/model/" + name)) {
                return new ObjectMapper().readValue(Objects.requireNonNull(file), Fixture.class);
            }
        }

        List<Frames> frames() {
            int width = TinyNetwork.FRAME_WIDTH;
            return clips.stream()
                    .map(values -> new Frames(values, values.length / width, width))
                    .toList();
        }
    }
}
