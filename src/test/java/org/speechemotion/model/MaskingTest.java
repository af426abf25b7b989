package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.speechemotion.encoder.Frames;

/** Tests that neither the content nor the amount of padding has any influence. */
class MaskingTest {
    private static final List<Frames> CLIPS =
            List.of(TinyNetwork.clip(7, 1), TinyNetwork.clip(1, 2), TinyNetwork.clip(30, 3), TinyNetwork.clip(64, 4));

    @ParameterizedTest
    @ValueSource(doubles = {1e3, -1e3})
    void theContentOfThePaddingDoesNotMatter(double junk) {
        ComputationGraph graph = TinyNetwork.graph(false, 1);
        FrameBatch clean = FrameBatch.of(CLIPS, TinyNetwork.TIME_MULTIPLE);
        FrameBatch dirty = withJunk(clean, junk);
        assertThat(dirty.frames()).isNotEqualTo(clean.frames());
        assertThat(output(graph, dirty)).isEqualTo(output(graph, clean));
        Map<String, INDArray> expected = Gradients.of(graph, clean, 0, 1, 2, 3);
        Map<String, INDArray> found = Gradients.of(graph, dirty, 0, 1, 2, 3);
        assertThat(expected).isNotEmpty();
        assertThat(expected).allSatisfy((name, gradient) -> {
            assertThat(gradient.amaxNumber().doubleValue()).isGreaterThan(1e-4);
            assertThat(gradient.sub(found.get(name)).amaxNumber().doubleValue()).isLessThanOrEqualTo(1e-7);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClipsProbabilitiesDoNotDependOnItsBatch(boolean normalization) {
        ComputationGraph graph = TinyNetwork.graph(normalization, 2);
        EmotionModel model = new EmotionModel(graph, TinyNetwork.TIME_MULTIPLE);
        EmotionModel paddedLonger = new EmotionModel(graph, 256);
        List<float[]> together = model.probabilities(CLIPS);
        for (int i = 0; i < CLIPS.size(); i++) {
            float[] alone = model.probabilities(List.of(CLIPS.get(i))).get(0);
            assertThat(together.get(i)).containsExactly(alone, within(1e-6f));
            assertThat(paddedLonger.probabilities(List.of(CLIPS.get(i))).get(0)).containsExactly(alone, within(1e-6f));
        }
    }

    @Test
    void anyLengthIsAccepted() {
        ComputationGraph graph = TinyNetwork.graph(false, 2);
        FrameBatch bucket = FrameBatch.of(CLIPS.subList(0, 1), TinyNetwork.TIME_MULTIPLE);
        FrameBatch tight = new FrameBatch(
                bucket.frames()
                        .get(NDArrayIndex.all(), NDArrayIndex.interval(0, 8), NDArrayIndex.all())
                        .dup('c'),
                bucket.mask()
                        .get(NDArrayIndex.all(), NDArrayIndex.interval(0, 8))
                        .dup('c'));
        assertThat(output(graph, tight).sub(output(graph, bucket)).amaxNumber().doubleValue())
                .isLessThanOrEqualTo(1e-6);
    }

    @Test
    void everyValidFrameHasInfluence() {
        EmotionModel model = new EmotionModel(TinyNetwork.graph(false, 1), TinyNetwork.TIME_MULTIPLE);
        Frames clip = TinyNetwork.clip(9, 5);
        List<Frames> variants = new ArrayList<>(List.of(clip));
        for (int frame = 0; frame < clip.time(); frame++) {
            float[] values = clip.values().clone();
            values[frame * TinyNetwork.FRAME_WIDTH] += 1;
            variants.add(new Frames(values, clip.time(), clip.width()));
        }
        List<float[]> probabilities = model.probabilities(variants);
        assertThat(probabilities.subList(1, probabilities.size()))
                .allSatisfy(changed -> assertThat(changed).isNotEqualTo(probabilities.get(0)));
    }

    private static INDArray output(ComputationGraph graph, FrameBatch batch) {
        return graph.output(false, new INDArray[] {batch.frames()}, new INDArray[] {batch.mask()})[0];
    }

    private static FrameBatch withJunk(FrameBatch batch, double junk) {
        INDArray frames = batch.frames().dup();
        for (int clip = 0; clip < frames.size(0); clip++) {
            for (int time = CLIPS.get(clip).time(); time < frames.size(1); time++) {
                frames.get(NDArrayIndex.point(clip), NDArrayIndex.point(time), NDArrayIndex.all())
                        .assign(junk);
            }
        }
        return new FrameBatch(frames, batch.mask());
    }
}
