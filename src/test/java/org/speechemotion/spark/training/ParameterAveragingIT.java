package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.NonFiniteException;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.train.BatchGroup;
import org.speechemotion.train.BatchKey;
import org.speechemotion.train.EpochPlan;
import org.speechemotion.train.Example;
import org.speechemotion.train.GradientNorm;
import org.speechemotion.train.Trainer;
import org.speechemotion.train.Trainer.Prediction;
import org.speechemotion.train.TrainingSettings;
import org.speechemotion.train.Trainings;

class ParameterAveragingIT extends ParameterAveragingFixture {
    private static final String[] PLAIN = {
        "optimizer.name=sgd", "optimizer.momentum=0", "learning-rate=0.1", "schedule=constant"
    };

    @Test
    void nonFiniteStepsStopTheTraining() {
        TrainingSettings settings = settings(1, 4, Trainings.and(PLAIN, "learning-rate=1e30"));
        ParameterAveraging trainer = trainer(settings, false);
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> trainer.fit(EpochPlan.of(examples, 4, 1, settings.seed())))
                .withMessageMatching(
                        "in epoch 2, step 2, at a learning rate of 1.0E30, the loss is \\S+ and the gradient's"
                                + " norm is \\S+, so the training stops and writes no model\\. Try .*");
    }

    /** An encoder whose frames of one clip are not finite. */
    private record BrokenFrames(String path, int width) implements FrameSource {
        @Override
        public List<Frames> clean(List<Example> clips) {
            return clips.stream()
                    .map(clip -> {
                        float[] values = new float[8 * width];
                        Arrays.fill(values, clip.path().equals(path) ? Float.NaN : 0.5f);
                        return new Frames(values, 8, width);
                    })
                    .toList();
        }

        @Override
        public List<Frames> training(List<Example> clips, int epoch) {
            return clean(clips);
        }
    }

    /** Predicts as {@code evaluate} does, and a training at the end of each epoch. */
    @Test
    void nonFiniteResultsNameTheClip() {
        TrainingSettings settings = settings(1, 4, PLAIN);
        ComputationGraph network = trainer(settings, false).network();
        String path = examples.get(5).path();
        int bands = LogMelSettings.defaults().bands();
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> DistributedInference.predict(
                        context, network, new BrokenFrames(path, bands), settings.batchSize(), examples, TIME_MULTIPLE))
                .withMessageMatching("the network's probabilities for " + path + " are \\[NaN, .*\\]: the network has"
                        + " diverged");
    }

    @Test
    void twoAveragedSgdWorkersEqualOneOnTheFullBatch() throws IOException {
        TrainingSettings settings = settings(1, 4, PLAIN);
        ParameterAveraging trainer = trainer(settings, false);
        ComputationGraph alone = trainer.network().clone();
        INDArray before = alone.params().dup();
        List<BatchKey> plan = EpochPlan.of(examples, 4, 0, settings.seed());
        assertThat(plan).hasSize(4);
        trainer.fit(plan);
        for (int step = 0; step < plan.size(); step += 2) {
            List<Example> both = new ArrayList<>();
            plan.subList(step, step + 2).forEach(key -> key.examples().forEach(i -> both.add(examples.get(i))));
            alone.fit(batch(both, settings));
        }
        INDArray difference = alone.params().sub(trainer.network().params());
        assertThat(difference.amaxNumber().doubleValue()).isLessThan(1e-5);
        assertThat(alone.params().sub(before).amaxNumber().doubleValue()).isGreaterThan(1e-3);
    }

    @Test
    void idleCoresHelpWorkers() {
        assertThat(List.of(1, 2, 3))
                .extracting(workers -> ParameterAveraging.coresOfAWorker(context, Trainings.of("workers=" + workers)))
                .containsExactly(2, 1, 1);
    }

    @Test
    void trainingMovedTheParameters() {
        ParameterAveraging trainer = trainer(settings(1, 4, PLAIN), false);
        INDArray before = trainer.network().params().dup();
        trainer.fit(EpochPlan.of(examples, 4, 0, 1));
        assertThat(before.sub(trainer.network().params()).amaxNumber().doubleValue())
                .isGreaterThan(1e-3);
    }

    @Test
    void seedAndTopologyDetermineTheParameters() {
        TrainingSettings settings = settings(2, 4);
        ParameterAveraging first = trainer(settings, true);
        ParameterAveraging second = trainer(settings, true);
        for (int epoch = 0; epoch < 2; epoch++) {
            List<BatchKey> plan = EpochPlan.of(examples, 4, epoch, settings.seed());
            assertThat(first.fit(plan)).isEqualTo(second.fit(plan));
        }
        assertThat(first.network().params()).isEqualTo(second.network().params());
    }

    /** DL4J's own clone forgets step and epoch, and its default forgets the updater's state, from round to round. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "schedule=linear",
                "schedule=cosine rate.every=step averaging-frequency=3",
                "optimizer.clip-norm=0.1 optimizer.weight-decay=0.1 optimizer.name=adamw",
                "loss.class-weights=balanced loss.label-smoothing=0.1",
                "loss.class-weights=balanced loss.label-smoothing=0.1 loss.soft-labels=true",
                "adversary.target=speaker"
            })
    void oneWorkerEqualsTheNetworkAlone(String assignments) throws IOException {
        TrainingSettings settings = settings(1, 4, ("workers=1 " + assignments).split(" ", -1));
        ParameterAveraging trainer = trainer(settings, false);
        ComputationGraph alone = trainer.network().clone();
        GradientNorm gradient = new GradientNorm(settings.optimizer().clipNorm());
        alone.addListeners(gradient);
        for (int epoch = 0; epoch < 2; epoch++) {
            List<BatchKey> plan = EpochPlan.of(examples, 4, epoch, settings.seed());
            Trainer.Pass pass = trainer.fit(plan);
            alone.getConfiguration().setEpochCount(epoch);
            double loss = 0;
            double gradientNorm = 0;
            for (List<Example> clips : batches(plan, settings)) {
                double penalty = alone.calcRegularizationScore(true);
                alone.fit(batch(clips, settings));
                loss += (alone.getOutputLayer(0).score() - penalty) / plan.size();
                gradientNorm += gradient.norm() / plan.size();
            }
            assertThat(pass.gradientNorm()).isPositive().isCloseTo(gradientNorm, within(1e-4 * gradientNorm));
            assertThat(pass.loss()).isCloseTo(loss, within(1e-5));
        }
        assertThat(alone.params().sub(trainer.network().params()).amaxNumber().doubleValue())
                .isLessThan(1e-5);
    }

    /** Returns the batches of a worker after their exchange by length. */
    private static List<List<Example>> batches(List<BatchKey> plan, TrainingSettings settings) throws IOException {
        List<List<Example>> batches = new ArrayList<>();
        for (BatchGroup group : BatchGroup.of(plan, examples)) {
            List<Example> clips = group.examples().stream().map(examples::get).toList();
            List<Integer> lengths = frames(clips).stream().map(Frames::time).toList();
            group.byLength(lengths, settings.seed())
                    .forEach(batch -> batches.add(batch.stream().map(clips::get).toList()));
        }
        return batches;
    }

    @Test
    void predictionsEqualThoseOfTheModel() throws IOException {
        TrainingSettings settings = settings(2, 3);
        ParameterAveraging trainer = trainer(settings, true);
        trainer.fit(EpochPlan.of(examples, 3, 0, settings.seed()));
        EmotionModel model = new EmotionModel(trainer.network(), TIME_MULTIPLE);
        List<Prediction> predictions = trainer.predict(examples);
        assertThat(predictions).extracting(Prediction::example).containsExactlyElementsOf(examples);
        for (Prediction prediction : predictions) {
            float[] alone =
                    model.probabilities(frames(List.of(prediction.example()))).get(0);
            assertThat(prediction.probabilities().values()).containsExactly(alone, within(1e-5f));
        }
    }
}
