package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.corpus.SoftLabel;
import org.speechemotion.encoder.Frames;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.model.FrontEnd;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.model.Optimization;
import org.speechemotion.model.TinyNetwork;

/** Against PyTorch; {@code src/test/resources/train/README.md} says how the expected values were made. */
class TrainingStepsTest {
    private static final NetworkSettings NETWORK = NetworkSettings.of(
                    new ContextSettings(4, List.of(5, 3), List.of(2, 1)), 5)
            .withPooling(true, false);
    private static final List<Example> EXAMPLES = List.of(
            ExampleBuilder.clip("a").label(3).build(),
            ExampleBuilder.clip("b").label(6).build());

    /** The file of {@code steps.py}: row-major arrays, parameters by name. */
    record Expected(
            List<String> settings,
            List<Double> classWeights,
            List<List<Double>> softLabels,
            List<float[]> clips,
            List<Double> losses,
            List<Double> gradientNorms,
            Map<String, float[]> before,
            Map<String, float[]> after) {}

    static List<Expected> expected() throws IOException {
        try (InputStream file = TrainingStepsTest.class.getResourceAsStream("/train/steps.json")) {
            return List.of(new ObjectMapper().readValue(Objects.requireNonNull(file), Expected[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("expected")
    void stepsAreThoseOfPyTorch(Expected expected) {
        TrainingSettings settings = Trainings.of(Trainings.and(
                new String[] {"loss.label-smoothing=0"}, expected.settings().toArray(String[]::new)));
        ComputationGraph graph = graph(settings, expected);
        FlattenedUpdater.install(graph);
        MultiDataSet batch = batch(settings, expected);
        GradientNorm gradient = new GradientNorm(settings.optimizer().clipNorm());
        graph.addListeners(gradient);
        for (int step = 0; step < expected.losses().size(); step++) {
            double penalty = graph.calcRegularizationScore(true);
            graph.fit(batch);
            assertThat(graph.score() - penalty).isCloseTo(expected.losses().get(step), within(1e-4));
            assertThat(gradient.norm()).isCloseTo(expected.gradientNorms().get(step), within(1e-4));
        }
        graph.paramTable().forEach((name, parameter) -> assertThat(
                        parameter.dup('c').data().asFloat())
                .as(name)
                .containsExactly(expected.after().get(name), within(1e-4f)));
    }

    /** Returns a network with the expected initial weights, read from JSON as workers do. */
    private static ComputationGraph graph(TrainingSettings settings, Expected expected) {
        Optimization learning = new Optimization(
                settings.updater(expected.losses().size()), settings.optimizer().decay(), expected.classWeights());
        ComputationGraphConfiguration configuration =
                EmotionNetwork.configuration(NETWORK, new FrontEnd.None(TinyNetwork.FRAME_WIDTH), learning, 1);
        ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration.toJson()));
        graph.init();
        assertThat(graph.paramTable().keySet()).isEqualTo(expected.before().keySet());
        graph.paramTable()
                .forEach((name, parameter) ->
                        parameter.assign(Nd4j.create(expected.before().get(name), parameter.shape(), 'c')));
        return graph;
    }

    private static List<Example> examples(Expected expected) {
        return EXAMPLES.stream()
                .map(one -> expected.softLabels().isEmpty()
                        ? one
                        : ExampleBuilder.copy(one)
                                .build(new SoftLabel(expected.softLabels().get(EXAMPLES.indexOf(one)))))
                .toList();
    }

    private static MultiDataSet batch(TrainingSettings settings, Expected expected) {
        int width = TinyNetwork.FRAME_WIDTH;
        FrameBatch frames = FrameBatch.of(
                expected.clips().stream()
                        .map(values -> new Frames(values, values.length / width, width))
                        .toList(),
                TinyNetwork.TIME_MULTIPLE);
        INDArray targets = settings.loss().targets().of(examples(expected));
        return new MultiDataSet(
                new INDArray[] {frames.frames()}, new INDArray[] {targets}, new INDArray[] {frames.mask()}, null);
    }
}
