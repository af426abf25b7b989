package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.model.TinyNetwork;
import org.speechemotion.train.TrainingLoop.Start;
import org.speechemotion.train.TrainingLoop.TrainedNetwork;

/** Which network a training of a real, small network leaves, with the checkpoints that a run has. */
class KeptNetworkTest {
    private static final List<Example> TRAINING = Examples.of(8);
    private static final List<Example> VALIDATION = Examples.of(16).subList(8, 16);
    private static final int EPOCHS = 4;

    @TempDir
    private Path folder;

    private final List<INDArray> parameters = new ArrayList<>();

    @Test
    void meansHaveAveragedParametersAndTheirOwnStatistics() throws IOException {
        TrainedNetwork outcome =
                train(settings(EpochSelection.MEAN_OF_LAST), EPOCHS, new LocalTrainer(), Start.atTheBeginning());
        assertThat(outcome.epochs().first()).isEqualTo(2);
        assertThat(outcome.epochs().last()).isEqualTo(4);

        ComputationGraph expected = TinyNetwork.graph(true, 1);
        expected.setParams(
                parameters.get(1).add(parameters.get(2)).add(parameters.get(3)).div(3));
        ComputationGraph ofStatistics = expected.clone();
        normalize(expected);
        for (Map.Entry<String, INDArray> parameter : expected.paramTable().entrySet()) {
            assertThat(outcome.network().getParam(parameter.getKey()).ravel().toFloatVector())
                    .as(parameter.getKey())
                    .containsExactly(parameter.getValue().ravel().toFloatVector(), within(1e-5f));
        }
        // The mean of the three epochs' statistics is another, so that a model with it would predict otherwise.
        for (String name : List.of("pooling-normalization_mean", "pooling-normalization_log10stdev")) {
            double difference = ofStatistics
                    .getParam(name)
                    .sub(outcome.network().getParam(name))
                    .amaxNumber()
                    .doubleValue();
            assertThat(difference).as(name).isGreaterThan(1e-4);
        }
        assertThat(probabilities(outcome)).isEqualTo(probabilities(outcome.network()));
    }

    @ParameterizedTest
    @EnumSource
    void interruptedTrainingsKeepTheSameNetwork(EpochSelection keep) throws IOException {
        TrainingSettings settings = settings(keep);
        Kept whole = Kept.of(train(settings, EPOCHS, new LocalTrainer(), Start.atTheBeginning()));
        Path interrupted = folder.resolve("interrupted");
        train(interrupted, settings, EPOCHS - 1, new LocalTrainer(), Start.atTheBeginning(), Optional.empty());
        assertThat(resume(interrupted, settings, EPOCHS - 1)).isEqualTo(whole);
        assertThat(resume(interrupted, settings, EPOCHS)).as("that had ended").isEqualTo(whole);
    }

    /** Returns the state in which two equal trainings agree to the last bit. */
    private record Kept(KeptEpochs epochs, INDArray parameters, List<String> validation) {
        static Kept of(TrainedNetwork outcome) {
            return new Kept(outcome.epochs(), outcome.network().params(), KeptNetworkTest.probabilities(outcome));
        }
    }

    /** Goes on as another process would. */
    private Kept resume(Path checkpoints, TrainingSettings settings, int after) throws IOException {
        SavedEpoch saved =
                Checkpoints.last(checkpoints, settings.keptEpochs(), line -> {}).orElseThrow();
        assertThat(saved.epoch()).isEqualTo(after);
        LocalTrainer resumed = new LocalTrainer();
        saved.restore(resumed.network);
        ComputationGraph best = TinyNetwork.graph(true, 2);
        Checkpoints.best(checkpoints, saved).restore(best);
        TrainedNetwork soFar = new TrainedNetwork(best, saved.bestEpoch(), predict(best, VALIDATION));
        Start start = new Start(saved.epoch(), Optional.of(soFar));
        return Kept.of(train(checkpoints, settings, EPOCHS, resumed, start, Optional.of(saved)));
    }

    @Test
    void theMeanOfFewEpochsIncludesAll() throws IOException {
        TrainingSettings settings = settings(EpochSelection.MEAN_OF_LAST);
        TrainedNetwork two = train(settings, 2, new LocalTrainer(), Start.atTheBeginning());
        assertThat(two.epochs().text()).isEqualTo("the mean of epochs 1 to 2");
        assertThat(two.network().getParam("head_branch-0-logits-bias").toFloatVector())
                .containsExactly(
                        mean("head_branch-0-logits-bias", parameters.get(0), parameters.get(1))
                                .toFloatVector(),
                        within(1e-6f));
        TrainedNetwork one =
                train(folder.resolve("one"), settings, 1, new LocalTrainer(), Start.atTheBeginning(), Optional.empty());
        assertThat(one.epochs().text()).isEqualTo("epoch 1");
        assertThat(one.network().params()).isEqualTo(parameters.get(0));
    }

    private static INDArray mean(String name, INDArray first, INDArray second) {
        ComputationGraph network = TinyNetwork.graph(true, 1);
        network.setParams(first.add(second).div(2));
        return network.getParam(name);
    }

    private TrainedNetwork train(TrainingSettings settings, int epochs, LocalTrainer trainer, Start start)
            throws IOException {
        return train(folder.resolve("whole"), settings, epochs, trainer, start, Optional.empty());
    }

    private TrainedNetwork train(
            Path checkpoints,
            TrainingSettings settings,
            int epochs,
            LocalTrainer trainer,
            Start start,
            Optional<SavedEpoch> resumed)
            throws IOException {
        parameters.clear();
        Checkpoints memory = new Checkpoints(checkpoints, 1, settings.keptEpochs(), Map.of(), resumed);
        List<TrainingLoop.Listener> listeners =
                List.of((report, network) -> parameters.add(network.params().dup()), memory);
        TrainingSettings shorter = Trainings.of(
                "epochs=" + epochs, "batch-size=4", "keep=" + settings.keep().id(), "keep-mean-epochs=3");
        return new TrainingLoop(shorter, listeners, memory, System::nanoTime).run(trainer, TRAINING, VALIDATION, start);
    }

    private static TrainingSettings settings(EpochSelection keep) {
        return Trainings.of("batch-size=4", "keep=" + keep.id(), "keep-mean-epochs=3");
    }

    private static List<Frames> frames(List<Example> examples) {
        return examples.stream()
                .map(example -> TinyNetwork.clip(
                        10 + example.label(), example.contentSha256().hashCode()))
                .toList();
    }

    private static void normalize(ComputationGraph network) {
        new EmotionModel(network, TinyNetwork.TIME_MULTIPLE)
                .poolingStatistics(frames(TRAINING))
                .writeTo(network);
    }

    private static List<Trainer.Prediction> predict(ComputationGraph network, List<Example> examples) {
        List<float[]> probabilities =
                new EmotionModel(network, TinyNetwork.TIME_MULTIPLE).probabilities(frames(examples));
        List<Trainer.Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            predictions.add(new Trainer.Prediction(examples.get(i), new Probabilities(probabilities.get(i))));
        }
        return predictions;
    }

    private static List<String> probabilities(TrainedNetwork outcome) {
        return outcome.validation().stream()
                .map(one -> Arrays.toString(one.probabilities().values()))
                .toList();
    }

    private static List<String> probabilities(ComputationGraph network) {
        return predict(network, VALIDATION).stream()
                .map(one -> Arrays.toString(one.probabilities().values()))
                .toList();
    }

    /** A trainer in this thread, without Spark. */
    private static final class LocalTrainer implements Trainer {
        private final ComputationGraph network = TinyNetwork.graph(true, 1);

        @Override
        public Pass fit(List<BatchKey> batches) {
            network.getConfiguration().setIterationCount(batches.get(0).epoch() * batches.size());
            for (BatchKey key : batches) {
                List<Example> examples =
                        key.examples().stream().map(TRAINING::get).toList();
                FrameBatch batch = FrameBatch.of(frames(examples), TinyNetwork.TIME_MULTIPLE);
                network.fit(new MultiDataSet(
                        new INDArray[] {batch.frames()},
                        new INDArray[] {new Targets(false, 0).of(examples)},
                        new INDArray[] {batch.mask()},
                        null));
            }
            normalize();
            return new Pass(network.score(), 0.01, 1);
        }

        @Override
        public void normalize() {
            KeptNetworkTest.normalize(network);
        }

        @Override
        public List<Prediction> predict(List<Example> examples) {
            return examples.isEmpty() ? Collections.emptyList() : KeptNetworkTest.predict(network, examples);
        }

        @Override
        public ComputationGraph network() {
            return network;
        }
    }
}
