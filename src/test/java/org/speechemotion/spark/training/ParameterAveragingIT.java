package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.corpus.SoftLabel;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.model.FrontEnd;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.model.NonFiniteException;
import org.speechemotion.model.Optimization;
import org.speechemotion.report.EventFile;
import org.speechemotion.report.TensorBoardListener;
import org.speechemotion.report.TensorBoardWriter;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestTones;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.train.BatchKey;
import org.speechemotion.train.EpochPlan;
import org.speechemotion.train.Example;
import org.speechemotion.train.ExampleBuilder;
import org.speechemotion.train.FrameAugmentation;
import org.speechemotion.train.GradientNorm;
import org.speechemotion.train.Trainer;
import org.speechemotion.train.Trainer.Prediction;
import org.speechemotion.train.TrainingLoop;
import org.speechemotion.train.TrainingSettings;
import org.speechemotion.train.Trainings;

class ParameterAveragingIT {
    private static final int CLIPS = 16;
    private static final int TIME_MULTIPLE = 2;
    private static final String[] PLAIN = {
        "optimizer.name=sgd", "optimizer.momentum=0", "learning-rate=0.1", "schedule=constant"
    };

    @TempDir
    static Path folder;

    private static SparkSession session;
    private static JavaSparkContext context;
    private static ClipPipeline pipeline;
    private static List<Example> examples;

    @BeforeAll
    static void open() throws IOException {
        session = SparkTest.shared();
        context = JavaSparkContext.fromSparkContext(session.sparkContext());
        pipeline = new ClipPipeline(
                AudioSettings.defaults(),
                EncoderSettings.of("log-mel", 16_000, LogMelSettings.defaults()),
                context.hadoopConfiguration());
        examples = new ArrayList<>();
        for (int i = 0; i < CLIPS; i++) {
            Path file = folder.resolve("clip-" + i + ".wav");
            double seconds = 0.2 + 0.03 * i;
            Files.write(file, TestTones.wav(200 + 40 * i, seconds));
            List<Double> votes = new ArrayList<>(Collections.nCopies(EmotionSet.EIGHT.size(), 1.0));
            votes.set(i % EmotionSet.EIGHT.size(), 1.0 + i);
            examples.add(ExampleBuilder.clip(file.toString())
                    .content("sha-" + i)
                    .speaker("test:" + i % 4)
                    .label(i % EmotionSet.EIGHT.size())
                    .seconds(seconds)
                    .build(SoftLabel.ofVotes(votes)));
        }
    }

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
                .isThrownBy(() -> ParameterAveraging.predict(
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
            for (BatchKey key : plan) {
                double penalty = alone.calcRegularizationScore(true);
                List<Example> clips = key.examples().stream().map(examples::get).toList();
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

    /** Four epochs of four batches, two steps each, by hand: of every epoch, the rate of its last step. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule=constant | 0.04 0.04 0.04 0.04",
                "schedule=linear | 0.04 0.03 0.02 0.01",
                "schedule=linear rate.every=step | 0.035 0.025 0.015 0.005",
                "schedule=linear rate.every=step averaging-frequency=2 | 0.035 0.025 0.015 0.005",
                "schedule=linear rate.every=step rate.warm-up-steps=4 | 0.016 0.032 0.03 0.01",
                "schedule=cosine | 0.04 0.0341421 0.02 0.0058579",
                "schedule=cosine rate.warm-up-epochs=1 | 0.02 0.04 0.03 0.01",
                "schedule=cosine-restarts rate.cycle-epochs=2 rate.cycle-growth=1 | 0.04 0.02 0.04 0.02",
                "schedule=one-cycle rate.rise-share=0.5 | 0.0016 0.04 0.02000008 1.6e-7"
            })
    void tensorBoardShowsTheLearningRate(String assignments, String rates, @TempDir Path events) throws IOException {
        TrainingSettings settings =
                settings(1, 4, ("epochs=4 learning-rate=0.04 optimizer.name=sgd " + assignments).split(" ", -1));
        TrainingLoop.ParameterHistory noMemory = epoch -> null;
        try (TensorBoardWriter writer = new TensorBoardWriter(events)) {
            new TrainingLoop(settings, List.of(new TensorBoardListener(writer)), noMemory, System::nanoTime)
                    .run(trainer(settings, false), examples, List.of());
        }
        List<Float> written = new ArrayList<>();
        for (Map<Integer, byte[]> event : EventFile.read(EventFile.in(events).get(0))) {
            Map<Integer, byte[]> value = event.containsKey(5) ? EventFile.value(event) : Map.of();
            if (value.containsKey(1) && EventFile.text(value.get(1)).equals("train/learning-rate")) {
                written.add(EventFile.little(value.get(2)).getFloat());
            }
        }
        assertThat(written).hasSize(4);
        for (int epoch = 0; epoch < 4; epoch++) {
            float rate = Float.parseFloat(rates.split(" ", -1)[epoch]);
            assertThat(written.get(epoch)).isCloseTo(rate, within(1e-6f * 0.04f + 1e-4f * rate));
        }
    }

    private static ParameterAveraging trainer(TrainingSettings settings, boolean normalized) {
        NetworkSettings network = NetworkSettings.of(new ContextSettings(8, List.of(3), List.of(2)), 8)
                .withPooling(true, normalized)
                .withDropout(normalized ? 0.3 : 0);
        Optimization learning = new Optimization(
                settings.updater(settings.stepsPerEpoch(CLIPS, settings.workers())),
                settings.optimizer().decay(),
                settings.loss().weights(examples),
                settings.adversary().adversary(examples));
        ComputationGraph graph = new ComputationGraph(EmotionNetwork.configuration(
                network, new FrontEnd.None(LogMelSettings.defaults().bands()), learning, settings.seed()));
        graph.init();
        return new ParameterAveraging(
                context,
                graph,
                new OnTheFlyFrames(pipeline, 64),
                FrameAugmentation.none(),
                settings,
                examples,
                TIME_MULTIPLE);
    }

    private static TrainingSettings settings(int averagingFrequency, int batchSize, String... more) {
        return Trainings.of(Trainings.and(
                new String[] {
                    "epochs=2",
                    "learning-rate=0.01",
                    "workers=2",
                    "loss.label-smoothing=0",
                    "cache-megabytes=64",
                    "seed=5",
                    "averaging-frequency=" + averagingFrequency,
                    "batch-size=" + batchSize
                },
                more));
    }

    private static List<Frames> frames(List<Example> clips) throws IOException {
        return pipeline.frames(64).load(clips);
    }

    private static MultiDataSet batch(List<Example> clips, TrainingSettings settings) throws IOException {
        FrameBatch batch = FrameBatch.of(frames(clips), TIME_MULTIPLE);
        List<INDArray> labels = new ArrayList<>();
        labels.add(settings.loss().targets().of(clips));
        labels.addAll(settings.adversary().targets(examples).of(clips));
        return new MultiDataSet(
                new INDArray[] {batch.frames()}, labels.toArray(INDArray[]::new), new INDArray[] {batch.mask()}, null);
    }
}
