package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.model.NetworkSettings.BranchSettings;

/** Compares a network of branches with single networks that have the weights of its branches. */
class BranchesTest {
    private static final int WIDTH = TinyNetwork.FRAME_WIDTH;
    private static final int PROSODY = 2;
    private static final List<Frames> CLIPS = List.of(TinyNetwork.clip(20, 1), TinyNetwork.clip(9, 2));

    @Test
    void probabilitiesAreTheNormalisedGeometricMeanOfTheBranches() {
        ComputationGraph network = network(new BranchSettings(2, 1), List.of());
        List<float[]> probabilities = model(network).probabilities(CLIPS);
        List<List<float[]>> alone = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            alone.add(model(single(network, i, List.of())).probabilities(seenBy(i)));
        }
        for (int clip = 0; clip < CLIPS.size(); clip++) {
            double[] product = new double[EmotionSet.EIGHT.size()];
            double sum = 0;
            for (int emotion = 0; emotion < product.length; emotion++) {
                product[emotion] = 1;
                for (List<float[]> branch : alone) {
                    product[emotion] *= Math.cbrt(branch.get(clip)[emotion]);
                }
                sum += product[emotion];
            }
            assertThat(probabilities.get(clip)).hasSize(EmotionSet.EIGHT.size());
            for (int emotion = 0; emotion < product.length; emotion++) {
                assertThat((double) probabilities.get(clip)[emotion]).isCloseTo(product[emotion] / sum, within(1e-6));
            }
        }
        assertThat(alone.get(0).get(0)).isNotEqualTo(alone.get(1).get(0));
    }

    @Test
    void aModelOfOtherEmotionsKeepsThemInItsBundle() {
        EmotionSet own = EmotionSet.ofModel(List.of("relaxed", "happy", "urgent"));
        ComputationGraph network = new ComputationGraph(EmotionNetwork.configuration(
                TinyNetwork.settings(true).with(new BranchSettings(2, 1)),
                new FrontEnd.None(WIDTH, PROSODY),
                Optimization.of(new Adam(0.01)),
                own.size(),
                1));
        network.init();
        network.fit(
                new INDArray[] {FrameBatch.of(CLIPS, 2).frames()},
                new INDArray[] {Nd4j.create(new float[][] {{1, 0, 0}, {0, 0, 1}})},
                new INDArray[] {FrameBatch.of(CLIPS, 2).mask()},
                null);
        ModelBundle bundle = ModelBundle.of(network, TinyNetwork.draft(Map.of(), own));
        EmotionModel model =
                ModelBundle.of(bundle.manifestBytes(), bundle.weightBytes()).open();
        assertThat(model.emotions()).isEqualTo(own);
        assertThat(model.probabilities(CLIPS))
                .allSatisfy(values -> assertThat(values).hasSize(3));
        ModelBundle eight = ModelBundle.of(network, TinyNetwork.draft(Map.of()));
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(eight::open)
                .withMessageStartingWith("model.zip does not fit model.json: the network has 3 outputs; allowed: 8");
    }

    @Test
    void branchesLearnIndependently() {
        List<Double> classWeights = List.of(1.0, 2.0, 0.5, 1.0, 1.5, 1.0, 1.0, 1.0);
        ComputationGraph network = network(new BranchSettings(2, 1), classWeights);
        Map<String, INDArray> gradients = Gradients.of(network, FrameBatch.of(CLIPS, 2), 1, 4);
        double loss = 0;
        for (int i = 0; i < 3; i++) {
            ComputationGraph alone = single(network, i, classWeights);
            Map<String, INDArray> expected = Gradients.of(alone, FrameBatch.of(seenBy(i), 2), 1, 4);
            loss += crossEntropy(alone) / 3;
            int branch = i;
            // DL4J passes the running statistics of the normalisation on as gradients; they do not depend on the loss.
            expected.keySet().removeIf(name -> name.endsWith("_mean") || name.endsWith("_log10stdev"));
            expected.forEach((name, gradient) -> assertThat(inBranch(gradients, branch, name)
                            .mul(3)
                            .dup('c')
                            .data()
                            .asFloat())
                    .as(branch + " " + name)
                    .containsExactly(gradient.dup('c').data().asFloat(), within(1e-4f)));
        }
        assertThat(crossEntropy(network)).isCloseTo(loss, within(1e-6));
    }

    @Test
    void theProsodyBranchSeesOnlyProsody() {
        ComputationGraph network = network(new BranchSettings(0, 2), List.of());
        List<Frames> other = CLIPS.stream()
                .map(clip -> {
                    float[] values = clip.values().clone();
                    for (int i = PROSODY; i < values.length; i += WIDTH) {
                        values[i] += 5;
                    }
                    return new Frames(values, clip.time(), WIDTH);
                })
                .toList();
        assertThat(model(network).probabilities(other))
                .usingRecursiveComparison()
                .isEqualTo(model(network).probabilities(CLIPS));
    }

    @Test
    void branchesHaveTheirOwnStatistics() {
        ComputationGraph network = network(new BranchSettings(1, 1), List.of());
        assertThat(EmotionNetwork.isNormalized(network)).isTrue();
        PopulationStatistics statistics = model(network).poolingStatistics(CLIPS);
        statistics.writeTo(network);
        for (int i = 0; i < 2; i++) {
            ComputationGraph alone = single(network, i == 0 ? 0 : 2, List.of());
            model(alone).poolingStatistics(seenBy(i == 0 ? 0 : 2)).writeTo(alone);
            for (String name : List.of("pooling-normalization_mean", "pooling-normalization_log10stdev")) {
                assertThat(inBranch(network.paramTable(), i, name)).isEqualTo(alone.getParam(name));
            }
        }
        assertThat(model(network).embeddings(CLIPS).get(0)).hasSize(2 * 2 * 4);
    }

    @Test
    void aSerialisedNetworkPredictsTheSame() throws IOException {
        ComputationGraph network = network(new BranchSettings(2, 1), List.of(1.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        NetworkFile.write(network, true, file);
        ComputationGraph read = NetworkFile.read(new ByteArrayInputStream(file.toByteArray()), file.size(), true)
                .network();
        assertThat(read.getConfiguration()).isEqualTo(network.getConfiguration());
        assertThat(model(read).probabilities(CLIPS))
                .usingRecursiveComparison()
                .isEqualTo(model(network).probabilities(CLIPS));
    }

    @Test
    void withoutProsodyAllBranchesSeeAllFeatures() {
        NetworkSettings settings = TinyNetwork.settings(true).with(new BranchSettings(1, 3));
        ComputationGraph network =
                new ComputationGraph(EmotionNetwork.configuration(settings, WIDTH, new Adam(0.01), 1));
        network.init();
        assertThat(network.paramTable().keySet())
                .isEqualTo(TinyNetwork.graph(true, 1).paramTable().keySet());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmotionNetwork.configuration(
                        TinyNetwork.settings(true).with(new BranchSettings(0, 1)), WIDTH, new Adam(0.01), 1))
                .withMessageContaining("branches.whole is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BranchSettings(0, 0))
                .withMessageContaining("branches.whole is 0 and branches.prosody is 0");
    }

    private static EmotionModel model(ComputationGraph network) {
        return new EmotionModel(network, TinyNetwork.TIME_MULTIPLE);
    }

    /** The loss of the last batch of two clips without the decay of the weights, which is separate for each branch. */
    private static double crossEntropy(ComputationGraph graph) {
        return graph.score() - graph.calcRegularizationScore(true);
    }

    private static ComputationGraph network(BranchSettings branches, List<Double> classWeights) {
        return graph(branches, new FrontEnd.None(WIDTH, PROSODY), classWeights);
    }

    private static ComputationGraph graph(BranchSettings branches, FrontEnd frontEnd, List<Double> classWeights) {
        Optimization optimization =
                new Optimization(new Adam(0.01), Optional.of(new WeightDecay(0.01, true)), classWeights);
        ComputationGraph graph = new ComputationGraph(
                EmotionNetwork.configuration(TinyNetwork.settings(true).with(branches), frontEnd, optimization, 1));
        graph.init();
        return graph;
    }

    /** Returns a network of one branch with the weights of one; the branch 2 is that for prosody. */
    private static ComputationGraph single(ComputationGraph network, int branch, List<Double> classWeights) {
        ComputationGraph single =
                graph(BranchSettings.ONE, new FrontEnd.None(branch == 2 ? PROSODY : WIDTH), classWeights);
        int index = EmotionNetwork.pooling(network).getBranchWidths().size() == 3 ? branch : branch / 2;
        single.paramTable().forEach((name, values) -> values.assign(inBranch(network.paramTable(), index, name)));
        return single;
    }

    /** Returns what a network of branches has for a parameter of a network of one branch. */
    private static INDArray inBranch(Map<String, INDArray> parameters, int branch, String parameter) {
        if (parameter.startsWith(EmotionNetwork.NORMALIZATION)) {
            int width = 2 * 4;
            return parameters
                    .get(parameter)
                    .get(NDArrayIndex.interval((long) branch * width, (branch + 1L) * width))
                    .dup();
        }
        return parameters.get(parameter.replace("branch-0", "branch-" + branch));
    }

    private static List<Frames> seenBy(int branch) {
        return branch < 2
                ? CLIPS
                : CLIPS.stream()
                        .map(clip -> {
                            float[] values = new float[clip.time() * PROSODY];
                            for (int i = 0; i < clip.time(); i++) {
                                System.arraycopy(clip.values(), i * WIDTH, values, i * PROSODY, PROSODY);
                            }
                            return new Frames(values, clip.time(), PROSODY);
                        })
                        .toList();
    }
}
