package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.inverse.InvertMatrix;
import org.nd4j.linalg.learning.config.Adam;
import org.speechemotion.encoder.Frames;
import org.speechemotion.model.NetworkSettings.BranchSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.random.KeyedRandom;

/** Tests networks of speech with an adversary. */
class AdversaryTest {
    private static final List<Frames> CLIPS = List.of(TinyNetwork.clip(20, 1), TinyNetwork.clip(9, 2));
    private static final int SPEAKERS = 3;
    private static final int STEPS = 100;

    @ParameterizedTest
    @CsvSource({"1, 0, true", "1, 0, false", "2, 1, true", "1, 1, false"})
    void withoutItTheNetworkIsThatOfATrainingThatHadNone(int whole, int prosody, boolean normalization)
            throws IOException {
        BranchSettings branches = new BranchSettings(whole, prosody);
        ComputationGraph trained = network(branches, normalization, Optional.of(new Adversary(SPEAKERS, 0.5)));
        fit(trained);
        ComputationGraph alone = Adversary.removedFrom(trained);
        ComputationGraph never = network(branches, normalization, Optional.empty());
        assertThat(alone.getConfiguration().toJson())
                .isEqualTo(never.getConfiguration().toJson());
        assertThat(alone.paramTable().keySet())
                .isEqualTo(never.paramTable().keySet())
                .noneMatch(name -> name.contains("adversary"));
        assertThat(trained.paramTable().keySet()).anyMatch(name -> name.contains("adversary"));
        assertThat(model(alone).probabilities(CLIPS))
                .usingRecursiveComparison()
                .isEqualTo(model(trained).probabilities(CLIPS));
        ModelBundle bundle = ModelBundle.of(alone, TinyNetwork.draft(Map.of()));
        assertThat(ModelBundle.of(bundle.manifestBytes(), bundle.weightBytes())
                        .open()
                        .graph()
                        .params())
                .isEqualTo(alone.params());
        assertThat(Adversary.removedFrom(alone)).isSameAs(alone);
    }

    @Test
    void modelsWithItAreRefused() {
        ComputationGraph trained = network(BranchSettings.ONE, true, Optional.of(new Adversary(SPEAKERS, 0.5)));
        ModelBundle bundle = ModelBundle.of(trained, TinyNetwork.draft(Map.of()));
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(bundle::open)
                .withMessageContaining(GradientReversal.class.getName());
    }

    @Test
    void checkpointsHaveIt(@TempDir Path folder) throws IOException {
        ComputationGraph trained = network(new BranchSettings(1, 1), true, Optional.of(new Adversary(SPEAKERS, 0.5)));
        fit(trained);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NetworkFile.write(trained, true, out);
        Path file = Files.write(folder.resolve("network.zip"), out.toByteArray());
        ComputationGraph read = NetworkFile.readCheckpoint(file, true).network();
        assertThat(read.getConfiguration()).isEqualTo(trained.getConfiguration());
        assertThat(read.params()).isEqualTo(trained.params());
        assertThat(read.getUpdater().getStateViewArray())
                .isEqualTo(trained.getUpdater().getStateViewArray());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> NetworkFile.read(new ByteArrayInputStream(out.toByteArray()), out.size(), true))
                .withMessageContaining(GradientReversal.class.getName());
    }

    @Test
    void theGradientOfABranchIsThatOfTheEmotionsLessTheWeightedOther() {
        BranchSettings branches = new BranchSettings(1, 1);
        ComputationGraph half = network(branches, true, Optional.of(new Adversary(SPEAKERS, 0.5)));
        ComputationGraph twice = network(branches, true, Optional.of(new Adversary(SPEAKERS, 1)));
        twice.setParams(half.params());
        Map<String, INDArray> alone = gradients(Adversary.removedFrom(half));
        Map<String, INDArray> other = gradients(half);
        gradients(twice).forEach((name, gradient) -> {
            if (name.contains("adversary")) {
                assertThat(gradient).as(name).isEqualTo(other.get(name));
                return;
            }
            INDArray expected = other.get(name).mul(2).sub(alone.get(name));
            assertThat(gradient.sub(expected).amaxNumber().doubleValue())
                    .as(name)
                    .isCloseTo(0, within(1e-5));
        });
        String convolution = "pooling_branch-1-context-0-weight";
        assertThat(other.get(convolution)
                        .sub(alone.get(convolution))
                        .amaxNumber()
                        .doubleValue())
                .isGreaterThan(1e-3);
        assertThat(other.get("head_branch-0-hidden-weight")).isEqualTo(alone.get("head_branch-0-hidden-weight"));
    }

    /** Two of three speakers mostly have one of two emotions, so a network without an adversary goes by the speaker, too. */
    @Test
    void theVectorTellsLessAboutTheSpeaker() {
        Accuracies without = train(Optional.empty());
        Accuracies against = train(Optional.of(new Adversary(SPEAKERS, 1)));
        assertThat(without.speakers()).isGreaterThan(0.55);
        assertThat(against.speakers()).isLessThan(0.45);
        assertThat(against.emotions()).isGreaterThan(0.7);
    }

    @Test
    void oneClassIsNoAdversary() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Adversary(1, 1))
                .withMessage("an adversary has 1 classes; allowed: at least 2");
    }

    private record Accuracies(double emotions, double speakers) {}

    /** Trains a small network and tells how well a linear classifier of its vectors recognises other clips. */
    private static Accuracies train(Optional<Adversary> adversary) {
        NetworkSettings settings = NetworkSettings.of(new ContextSettings(3, List.of(1), List.of(1)), 8)
                .withPooling(false, true);
        ComputationGraph network = network(settings, adversary);
        for (int step = 0; step < STEPS; step++) {
            Batch batch = Batch.of(32, step % 8, 0.35);
            network.fit(
                    new INDArray[] {batch.frames().frames()},
                    adversary.isPresent()
                            ? new INDArray[] {batch.emotions(), batch.speakers()}
                            : new INDArray[] {batch.emotions()},
                    new INDArray[] {batch.frames().mask()},
                    null);
        }
        EmotionModel model = model(network);
        Batch known = Batch.of(300, 1_000, 0);
        Batch unknown = Batch.of(300, 1_001, 0);
        INDArray inputs = vectors(model, known);
        INDArray others = vectors(model, unknown);
        return new Accuracies(
                accuracy(inputs, known.emotions(), others, unknown.emotions()),
                accuracy(inputs, known.speakers(), others, unknown.speakers()));
    }

    private static INDArray vectors(EmotionModel model, Batch batch) {
        INDArray vectors = Nd4j.create(model.embeddings(batch.clips()).toArray(float[][]::new));
        return Nd4j.hstack(vectors, Nd4j.ones(vectors.rows(), 1)).castTo(DataType.DOUBLE);
    }

    /** Returns the accuracy of ridge regression on the classes. */
    private static double accuracy(INDArray inputs, INDArray labels, INDArray others, INDArray expected) {
        INDArray gram = inputs.transpose()
                .mmul(inputs)
                .addi(Nd4j.eye(inputs.columns()).castTo(DataType.DOUBLE).muli(1e-3));
        INDArray weights =
                InvertMatrix.invert(gram, false).mmul(inputs.transpose().mmul(labels.castTo(DataType.DOUBLE)));
        INDArray found = Nd4j.argMax(others.mmul(weights), 1);
        return found.eq(Nd4j.argMax(expected, 1))
                .castTo(DataType.DOUBLE)
                .meanNumber()
                .doubleValue();
    }

    private record Batch(List<Frames> clips, INDArray emotions, INDArray speakers) {
        /** @param bias the share by which the extreme speakers have one of the emotions more often */
        static Batch of(int clips, int seed, double bias) {
            List<Frames> frames = new ArrayList<>();
            INDArray emotions = Nd4j.zeros(clips, 8);
            INDArray speakers = Nd4j.zeros(clips, SPEAKERS);
            for (int i = 0; i < clips; i++) {
                KeyedRandom random = new KeyedRandom(seed, Integer.toString(i));
                int speaker = random.nextInt(SPEAKERS);
                int emotion = random.nextDouble() < 0.5 + bias * (speaker - 1) ? 1 : 0;
                emotions.putScalar(i, emotion, 1);
                speakers.putScalar(i, speaker, 1);
                double[] means = {emotion - 0.5, speaker - 1, 0};
                float[] values = new float[2 * means.length];
                for (int j = 0; j < values.length; j++) {
                    values[j] = (float) (means[j % means.length] + 0.7 * random.nextGaussian());
                }
                frames.add(new Frames(values, 2, means.length));
            }
            return new Batch(frames, emotions, speakers);
        }

        FrameBatch frames() {
            return FrameBatch.of(clips, TinyNetwork.TIME_MULTIPLE);
        }
    }

    private static void fit(ComputationGraph network) {
        FrameBatch batch = FrameBatch.of(CLIPS, TinyNetwork.TIME_MULTIPLE);
        network.fit(new INDArray[] {batch.frames()}, labels(), new INDArray[] {batch.mask()}, null);
    }

    private static INDArray[] labels() {
        INDArray emotions = Nd4j.zeros(2, 8);
        emotions.putScalar(0, 1, 1);
        emotions.putScalar(1, 4, 1);
        return new INDArray[] {emotions, Nd4j.create(new float[][] {{1, 0, 0}, {0, 0, 1}})};
    }

    private static Map<String, INDArray> gradients(ComputationGraph network) {
        FrameBatch batch = FrameBatch.of(CLIPS, TinyNetwork.TIME_MULTIPLE);
        network.setInputs(batch.frames());
        INDArray[] labels = labels();
        network.setLabels(network.getNumOutputArrays() == 2 ? labels : new INDArray[] {labels[0]});
        network.setLayerMaskArrays(new INDArray[] {batch.mask()}, null);
        network.computeGradientAndScore();
        network.clearLayerMaskArrays();
        return network.gradient().gradientForVariable();
    }

    private static EmotionModel model(ComputationGraph network) {
        return new EmotionModel(network, TinyNetwork.TIME_MULTIPLE);
    }

    private static ComputationGraph network(
            BranchSettings branches, boolean normalization, Optional<Adversary> adversary) {
        return network(TinyNetwork.settings(normalization).with(branches), adversary);
    }

    private static ComputationGraph network(NetworkSettings settings, Optional<Adversary> adversary) {
        ComputationGraphConfiguration configuration = EmotionNetwork.configuration(
                settings,
                new FrontEnd.None(TinyNetwork.FRAME_WIDTH, 2),
                new Optimization(new Adam(0.03), Optional.empty(), List.of(), adversary, 10),
                1);
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();
        return network;
    }
}
