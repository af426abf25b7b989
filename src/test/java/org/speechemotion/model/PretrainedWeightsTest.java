package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.model.PretrainedWeights.Part;
import org.speechemotion.model.TinyEncoder.Place;

class PretrainedWeightsTest {

    @Test
    void allWeightsOfTheSameShapeAreLoaded() {
        ModelBundle bundle = ModelBundle.of(TinyNetwork.graph(true, 1), TinyNetwork.draft(Map.of()));
        ComputationGraph from = bundle.open().graph();
        ComputationGraph into = TinyNetwork.graph(true, 2);
        assertThat(into.params()).isNotEqualTo(from.params());
        List<String> lines = PretrainedWeights.load(from, Part.WHOLE, true, into);
        assertThat(into.params()).isEqualTo(from.params());
        assertThat(lines)
                .hasSize(from.paramTable().size())
                .allMatch(line -> line.endsWith(": loaded"))
                .contains("hidden_W [8, 5]: loaded");
    }

    @Test
    void otherWeightsAreNamedAndKept() {
        ComputationGraph from = TinyNetwork.graph(false, 1);
        ComputationGraph into = new ComputationGraph(EmotionNetwork.configuration(
                NetworkSettings.of(new ContextSettings(4, List.of(5), List.of(2)), 7),
                TinyNetwork.FRAME_WIDTH,
                new Sgd(0.1),
                2));
        into.init();
        INDArray hidden = into.getParam("hidden_W").dup();
        List<String> lines = PretrainedWeights.load(from, Part.WHOLE, true, into);
        assertThat(lines)
                .containsExactly(
                        "context-0_weight [15, 4]: loaded",
                        "context-0_bias [1, 4]: loaded",
                        "pooling_score [4, 1]: loaded",
                        "pooling-normalization_gamma [8]: not loaded, the model has no such parameter",
                        "pooling-normalization_beta [8]: not loaded, the model has no such parameter",
                        "pooling-normalization_mean [8]: not loaded, the model has no such parameter",
                        "pooling-normalization_log10stdev [8]: not loaded, the model has no such parameter",
                        "hidden_W [8, 7]: not loaded, the model's is [8, 5]",
                        "hidden_b [7]: not loaded, the model's is [5]",
                        "emotion_W [7, 8]: not loaded, the model's is [5, 8]",
                        "emotion_b [8]: loaded",
                        "context-1_bias [1, 4]: not loaded, this network has no such parameter",
                        "context-1_weight [12, 4]: not loaded, this network has no such parameter");
        assertThat(into.getParam("hidden_W")).isEqualTo(hidden);
        assertThat(into.getParam("context-0_weight")).isEqualTo(from.getParam("context-0_weight"));
    }

    @Test
    void theHeadIsKeptIfOnlyTheEncoderIsLoaded() {
        ComputationGraph from = TinyEncoder.open("hubert-base", Place.LAST_LAYER, new Sgd(0.1)).network;
        from.params().addi(1);
        ComputationGraph into = TinyEncoder.open("hubert-base", Place.LAST_LAYER, new Sgd(0.1)).network;
        INDArray head = into.getParam("hidden_W").dup();
        List<String> lines = PretrainedWeights.load(from, Part.ENCODER, true, into);
        into.paramTable().forEach((name, values) -> {
            if (name.startsWith("encoder_")) {
                assertThat(values).as(name).isEqualTo(from.getParam(name));
            }
        });
        assertThat(into.getParam("hidden_W")).isEqualTo(head);
        assertThat(lines).anyMatch(line -> line.matches("hidden_W .*: not loaded, pretrained.part is encoder"));
    }

    @Test
    void withoutATrainedEncoderThereIsNothingToLoad() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PretrainedWeights.load(
                        TinyNetwork.graph(false, 1), Part.ENCODER, true, TinyNetwork.graph(false, 2)))
                .withMessage("pretrained.path: none of the model's 9 parameters fits this network, for example"
                        + " context-0_weight [15, 4]: not loaded, pretrained.part is encoder");
    }
}
