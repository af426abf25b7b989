package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.metrics.Calibrator;

class EmotionModelTest {

    private final EmotionModel model = new EmotionModel(TinyNetwork.graph(true, 1), TinyNetwork.TIME_MULTIPLE);

    @Test
    void givesADistributionForEachClip() {
        List<float[]> rows = model.probabilities(List.of(TinyNetwork.clip(1, 1), TinyNetwork.clip(50, 2)));
        assertThat(rows).hasSize(2).allSatisfy(row -> {
            assertThat(row).hasSize(EmotionSet.EIGHT.size());
            float sum = 0;
            for (float probability : row) {
                assertThat(probability).isBetween(0f, 1f);
                sum += probability;
            }
            assertThat(sum).isCloseTo(1, within(1e-5f));
        });
    }

    @Test
    void embeddingsWithAContextNetworkAreThePooledFrames() {
        Frames one = TinyNetwork.clip(9, 1);
        Frames other = TinyNetwork.clip(20, 2);
        List<float[]> embeddings = model.embeddings(List.of(one, other));

        // The mean and the deviation of four values a frame; deviations are above 0.
        assertThat(embeddings).hasSize(2).allSatisfy(embedding -> {
            assertThat(embedding).hasSize(8);
            assertThat(Arrays.copyOfRange(embedding, 4, 8)).doesNotContain(0f);
        });
        assertThat(embeddings.get(0)).isNotEqualTo(embeddings.get(1));
        assertThat(model.embeddings(List.of(one)).get(0)).containsExactly(embeddings.get(0), within(1e-5f));
    }

    @Test
    void embeddingsWithoutATrainedEncoderAreTheMeansOfTheFrames() {
        ComputationGraph graph = new ComputationGraph(EmotionNetwork.configuration(
                TinyNetwork.settings(true).withoutContext(), TinyNetwork.FRAME_WIDTH, new Adam(0.01), 1));
        graph.init();
        List<float[]> embeddings = new EmotionModel(graph, 1)
                .embeddings(List.of(
                        new Frames(new float[] {1, 2, 3, 3, 6, -3}, 2, 3), new Frames(new float[] {5, 4, 0}, 1, 3)));

        assertThat(embeddings.get(0)).containsExactly(new float[] {2, 4, 0}, within(1e-6f));
        assertThat(embeddings.get(1)).containsExactly(new float[] {5, 4, 0}, within(1e-6f));
    }

    @Test
    void copiesServeOtherThreads() throws Exception {
        List<Frames> clips = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            clips.add(TinyNetwork.clip(1 + 7 * i % 60, i));
        }
        List<float[]> expected = each(model, clips);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<List<float[]>> task = () -> each(model.copy(), clips);
            for (Future<List<float[]>> found : threads.invokeAll(List.of(task, task))) {
                assertThat(found.get()).usingRecursiveComparison().isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void copiesHaveTheirOwnWeights() {
        Frames clip = TinyNetwork.clip(20, 1);
        float[] before = model.probabilities(List.of(clip)).get(0);
        model.copy().graph().params().assign(0);
        assertThat(model.probabilities(List.of(clip)).get(0)).isEqualTo(before);
    }

    @Test
    void probabilitiesHaveTheTemperatureOfTheModel() {
        List<Frames> clips = List.of(TinyNetwork.clip(20, 1), TinyNetwork.clip(30, 2));
        EmotionModel soft = new EmotionModel(
                TinyNetwork.graph(true, 1), TinyNetwork.TIME_MULTIPLE, Calibrator.of(2), EmotionSet.EIGHT);
        List<float[]> plain = model.probabilities(clips);
        List<float[]> scaled = soft.probabilities(clips);
        assertThat(soft.copy().probabilities(clips)).usingRecursiveComparison().isEqualTo(scaled);
        for (int i = 0; i < clips.size(); i++) {
            double roots = 0;
            for (float probability : plain.get(i)) {
                roots += Math.sqrt(probability);
            }
            for (int k = 0; k < EmotionSet.EIGHT.size(); k++) {
                assertThat(scaled.get(i)[k]).isCloseTo((float) (Math.sqrt(plain.get(i)[k]) / roots), within(1e-6f));
            }
        }
    }

    private static List<float[]> each(EmotionModel model, List<Frames> clips) {
        return clips.stream()
                .map(clip -> model.probabilities(List.of(clip)).get(0))
                .toList();
    }
}
