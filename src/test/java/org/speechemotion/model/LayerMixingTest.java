package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.random.KeyedRandom;

class LayerMixingTest {
    private static final NetworkSettings SETTINGS =
            NetworkSettings.of(new ContextSettings(4, List.of(), List.of()), 5).withPooling(false, false);
    private static final int[] LABELS = {0, 3};

    private final TransformerConfig config = config();
    private final ComputationGraph network = network();

    @Test
    void itBeginsWithTheMeanOfTheHiddenStates() {
        FrameBatch batch = FrameBatch.of(clips(), 1);
        float[] found = mixed(batch);
        int width = config.width();
        int states = config.layers() + 1;
        float[] frames = batch.frames().data().asFloat();
        for (int frame = 0; frame < found.length / width; frame++) {
            for (int i = 0; i < width; i++) {
                double mean = 0;
                for (int state = 0; state < states; state++) {
                    mean += frames[(frame * states + state) * width + i] / (double) states;
                }
                assertThat((double) found[frame * width + i]).isCloseTo(mean, within(1e-6));
            }
        }
    }

    @Test
    void aLargeScoreSelectsItsState() {
        network.getLayer("encoder").getParam("scores").putScalar(0, 1, 50);
        FrameBatch batch = FrameBatch.of(clips(), 1);
        float[] found = mixed(batch);
        float[] frames = batch.frames().data().asFloat();
        int width = config.width();
        for (int i = 0; i < width; i++) {
            assertThat(found[i]).isCloseTo(frames[width + i], within(1e-6f));
        }
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        FrameBatch batch = FrameBatch.of(clips(), 1);
        INDArray scores = network.getLayer("encoder").getParam("scores");
        for (int i = 0; i < scores.length(); i++) {
            scores.putScalar(0, i, 0.3 * i);
        }
        INDArray gradient = Gradients.of(network, batch, LABELS).get("encoder_scores");
        double step = 1e-2;
        for (int i = 0; i < scores.length(); i++) {
            double score = scores.getDouble(0, i);
            scores.putScalar(0, i, score + step);
            double above = loss(batch);
            scores.putScalar(0, i, score - step);
            double below = loss(batch);
            scores.putScalar(0, i, score);
            assertThat(gradient.getDouble(0, i)).isCloseTo((above - below) / (2 * step), within(2e-5));
        }
        assertThat(gradient.amaxNumber().doubleValue()).isGreaterThan(5e-4);
    }

    @Test
    void theConfigurationSurvivesJsonAndAClipDoesNotDependOnItsBatch() {
        ComputationGraphConfiguration configuration = network.getConfiguration();
        ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(configuration.toJson());
        assertThat(read).isEqualTo(configuration);
        EmotionModel model = new EmotionModel(network, 1);
        List<float[]> together = model.probabilities(clips());
        for (int i = 0; i < together.size(); i++) {
            assertThat(model.probabilities(clips().subList(i, i + 1)).get(0))
                    .containsExactly(together.get(i), within(1e-6f));
        }
    }

    private double loss(FrameBatch batch) {
        Gradients.of(network, batch, LABELS);
        return network.score();
    }

    private float[] mixed(FrameBatch batch) {
        network.setLayerMaskArrays(new INDArray[] {batch.mask()}, null);
        try {
            return network.feedForward(batch.frames(), false)
                    .get("encoder")
                    .dup('c')
                    .data()
                    .asFloat();
        } finally {
            network.clearLayerMaskArrays();
        }
    }

    private ComputationGraph network() {
        ComputationGraph graph = new ComputationGraph(
                EmotionNetwork.configuration(SETTINGS, new FrontEnd.Mixing(config), Optimization.of(new Sgd(0.1)), 1));
        graph.init();
        return graph;
    }

    private static TransformerConfig config() {
        try (EncoderFolder folder = EncoderFolder.open(Folders.path("hubert-base"))) {
            return folder.config();
        }
    }

    private List<Frames> clips() {
        int width = (config.layers() + 1) * config.width();
        return List.of(clip(9, width), clip(4, width));
    }

    private static Frames clip(int time, int width) {
        KeyedRandom random = new KeyedRandom(time);
        float[] values = new float[time * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Frames(values, time, width);
    }
}
