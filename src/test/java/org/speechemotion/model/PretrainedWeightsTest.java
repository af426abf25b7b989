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
                .contains("head_branch-0-hidden-weight [8, 5]: loaded");
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
        INDArray hidden = into.getParam("head_branch-0-hidden-weight").dup();
        List<String> lines = PretrainedWeights.load(from, Part.WHOLE, true, into);
        assertThat(lines)
                .containsExactly(
                        "pooling_branch-0-context-0-weight [15, 4]: loaded",
                        "pooling_branch-0-score [4, 1]: loaded",
                        "pooling_branch-0-context-0-bias [1, 4]: loaded",
                        "pooling-normalization_gamma [8]: not loaded, the model has no such parameter",
                        "pooling-normalization_beta [8]: not loaded, the model has no such parameter",
                        "pooling-normalization_mean [8]: not loaded, the model has no such parameter",
                        "pooling-normalization_log10stdev [8]: not loaded, the model has no such parameter",
                        "head_branch-0-hidden-weight [8, 7]: not loaded, the model's is [8, 5]",
                        "head_branch-0-logits-weight [7, 8]: not loaded, the model's is [5, 8]",
                        "head_branch-0-hidden-bias [1, 7]: not loaded, the model's is [1, 5]",
                        "head_branch-0-logits-bias [1, 8]: loaded",
                        "pooling_branch-0-context-1-bias [1, 4]: not loaded, this network has no such parameter",
                        "pooling_branch-0-context-1-weight [12, 4]: not loaded, this network has no such parameter");
        assertThat(into.getParam("head_branch-0-hidden-weight")).isEqualTo(hidden);
        assertThat(into.getParam("pooling_branch-0-context-0-weight"))
                .isEqualTo(from.getParam("pooling_branch-0-context-0-weight"));
    }

    @Test
    void theHeadIsKeptIfOnlyTheEncoderIsLoaded() {
        ComputationGraph from = TinyEncoder.open("hubert-base", Place.LAST_LAYER, new Sgd(0.1)).network;
        from.params().addi(1);
        ComputationGraph into = TinyEncoder.open("hubert-base", Place.LAST_LAYER, new Sgd(0.1)).network;
        INDArray head = into.getParam("head_branch-0-hidden-weight").dup();
        List<String> lines = PretrainedWeights.load(from, Part.ENCODER, true, into);
        into.paramTable().forEach((name, values) -> {
            if (name.startsWith("encoder_")) {
                assertThat(values).as(name).isEqualTo(from.getParam(name));
            }
        });
        assertThat(into.getParam("head_branch-0-hidden-weight")).isEqualTo(head);
        assertThat(lines)
                .anyMatch(
                        line -> line.matches("head_branch-0-hidden-weight .*: not loaded, pretrained.part is encoder"));
    }

    @Test
    void withoutATrainedEncoderThereIsNothingToLoad() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PretrainedWeights.load(
                        TinyNetwork.graph(false, 1), Part.ENCODER, true, TinyNetwork.graph(false, 2)))
                .withMessage("pretrained.path: none of the model's 9 parameters fits this network, for example"
                        + " pooling_branch-0-context-0-weight [15, 4]: not loaded, pretrained.part is encoder");
    }
}
