package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.encoder.Frames;

class PopulationStatisticsTest {
    private final List<Frames> clips = new ArrayList<>();

    PopulationStatisticsTest() {
        for (int i = 0; i < 6; i++) {
            clips.add(TinyNetwork.clip(8 + 3 * i, i));
        }
    }

    @Test
    void normalisedClipsHaveMeanZeroAndVarianceOne() {
        ComputationGraph graph = TinyNetwork.graph(true, 1);
        EmotionModel model = new EmotionModel(graph, 2);
        model.poolingStatistics(clips).writeTo(graph);
        FrameBatch batch = FrameBatch.of(clips, 2);
        graph.setLayerMaskArrays(new INDArray[] {batch.mask()}, null);
        INDArray normalised = graph.feedForward(batch.frames(), false).get(EmotionNetwork.NORMALIZATION);
        for (int unit = 0; unit < normalised.columns(); unit++) {
            INDArray values = normalised.getColumn(unit);
            double mean = values.meanNumber().doubleValue();
            assertThat(mean).isCloseTo(0, within(1e-4));
            assertThat(values.sub(mean).norm2Number().doubleValue()).isCloseTo(Math.sqrt(clips.size()), within(0.05));
        }
    }

    @Test
    void mergedStatisticsAreThoseOfAllClips() {
        ComputationGraph whole = TinyNetwork.graph(true, 1);
        ComputationGraph merged = TinyNetwork.graph(true, 1);
        EmotionModel model = new EmotionModel(TinyNetwork.graph(true, 1), 2);
        model.poolingStatistics(clips).writeTo(whole);
        model.poolingStatistics(clips.subList(0, 2))
                .merge(model.poolingStatistics(clips.subList(2, 6)))
                .writeTo(merged);
        assertThat(merged.params().sub(whole.params()).amaxNumber().doubleValue())
                .isLessThan(1e-5);
        assertThat(new EmotionModel(merged, 2).probabilities(clips).get(0))
                .isNotEqualTo(model.probabilities(clips).get(0));
    }
}
