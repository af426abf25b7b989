package org.speechemotion.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.train.BatchKey;
import org.speechemotion.train.EpochPlan;
import org.speechemotion.train.Example;
import org.speechemotion.train.FrameAugmentation;
import org.speechemotion.train.Trainer.Prediction;
import org.speechemotion.train.TrainingSettings;
import org.speechemotion.train.TrainingSettings.Schedule;

class ParameterAveragingIT {
    private static final int CLIPS = 16;
    private static final int TIME_MULTIPLE = 2;

    @TempDir
    static Path folder;

    private static SparkSession session;
    private static JavaSparkContext context;
    private static ClipPipeline pipeline;
    private static List<Example> examples;

    @BeforeAll
    static void open() throws IOException {
        session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
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
            examples.add(new Example(file.toString(), "sha-" + i, "test:" + i % 4, i % Emotion.count(), seconds));
        }
    }

    @AfterAll
    static void close() {
        session.stop();
    }

    @Test
    void twoWorkersWithSgdAveragedEveryStepAreOneWorkerOnTheFullBatch() throws IOException {
        TrainingSettings settings = settings(1, 4);
        ParameterAveraging trainer = trainer(new Sgd(0.1), settings, false);
        ComputationGraph alone = trainer.network().clone();
        INDArray before = alone.params().dup();
        List<BatchKey> plan = EpochPlan.of(examples, 4, 0, settings.seed());
        assertThat(plan).hasSize(4);
        trainer.fit(plan);
        for (int step = 0; step < plan.size(); step += 2) {
            List<Example> both = new ArrayList<>();
            plan.subList(step, step + 2).forEach(key -> key.examples().forEach(i -> both.add(examples.get(i))));
            alone.fit(batch(both));
        }
        INDArray difference = alone.params().sub(trainer.network().params());
        assertThat(difference.amaxNumber().doubleValue()).isLessThan(1e-5);
        assertThat(alone.params().sub(before).amaxNumber().doubleValue()).isGreaterThan(1e-3);
    }

    @Test
    void trainingMovedTheParameters() {
        ParameterAveraging trainer = trainer(new Sgd(0.5), settings(1, 4), false);
        INDArray before = trainer.network().params().dup();
        trainer.fit(EpochPlan.of(examples, 4, 0, 1));
        assertThat(before.sub(trainer.network().params()).amaxNumber().doubleValue())
                .isGreaterThan(1e-3);
    }

    @Test
    void sameSeedSameTopologySameParametersDropoutIncluded() {
        TrainingSettings settings = settings(2, 4);
        ParameterAveraging first = trainer(settings.updater(), settings, true);
        ParameterAveraging second = trainer(settings.updater(), settings, true);
        for (int epoch = 0; epoch < 2; epoch++) {
            List<BatchKey> plan = EpochPlan.of(examples, 4, epoch, settings.seed());
            assertThat(first.fit(plan)).isCloseTo(second.fit(plan), within(1e-9));
        }
        assertThat(first.network().params()).isEqualTo(second.network().params());
    }

    /** DL4J's own clone forgets step and epoch, and its default forgets the updater's state, from round to round. */
    @Test
    void workersKnowTheStepAndTheEpochOfTheSchedule() throws IOException {
        TrainingSettings settings = new TrainingSettings(2, 4, 0.01, 1e-5, Schedule.LINEAR, 1, 1, 64, 5);
        ParameterAveraging trainer = trainer(settings.updater(), settings, false);
        ComputationGraph alone = trainer.network().clone();
        for (int epoch = 0; epoch < 2; epoch++) {
            List<BatchKey> plan = EpochPlan.of(examples, 4, epoch, settings.seed());
            trainer.fit(plan);
            alone.getConfiguration().setEpochCount(epoch);
            for (BatchKey key : plan) {
                alone.fit(batch(key.examples().stream().map(examples::get).toList()));
            }
        }
        assertThat(alone.params().sub(trainer.network().params()).amaxNumber().doubleValue())
                .isLessThan(1e-5);
    }

    @Test
    void predictionsAreThoseOfTheModelAloneInTheOrderOfLength() throws IOException {
        TrainingSettings settings = settings(2, 3);
        ParameterAveraging trainer = trainer(settings.updater(), settings, true);
        trainer.fit(EpochPlan.of(examples, 3, 0, settings.seed()));
        EmotionModel model = new EmotionModel(trainer.network(), TIME_MULTIPLE);
        List<Prediction> predictions = trainer.predict(examples);
        assertThat(predictions).extracting(Prediction::example).containsExactlyElementsOf(examples);
        for (Prediction prediction : predictions) {
            float[] alone =
                    model.probabilities(frames(List.of(prediction.example()))).get(0);
            assertThat(prediction.probabilities()).containsExactly(alone, within(1e-5f));
        }
    }

    private static ParameterAveraging trainer(IUpdater updater, TrainingSettings settings, boolean normalized) {
        NetworkSettings network = new NetworkSettings(
                new ContextSettings(8, List.of(3), List.of(2)), true, normalized, 8, normalized ? 0.3 : 0);
        ComputationGraphConfiguration configuration =
                EmotionNetwork.configuration(network, LogMelSettings.defaults().bands(), updater, settings.seed());
        return new ParameterAveraging(
                context,
                configuration,
                new OnTheFlyFrames(pipeline, 64),
                FrameAugmentation.none(),
                settings,
                examples,
                TIME_MULTIPLE);
    }

    private static TrainingSettings settings(int averagingFrequency, int batchSize) {
        return new TrainingSettings(2, batchSize, 0.01, 1e-5, Schedule.LINEAR, averagingFrequency, 2, 64, 5);
    }

    private static List<Frames> frames(List<Example> clips) throws IOException {
        return pipeline.frames(64).load(clips);
    }

    private static MultiDataSet batch(List<Example> clips) throws IOException {
        FrameBatch batch = FrameBatch.of(frames(clips), TIME_MULTIPLE);
        INDArray labels = Nd4j.zeros(clips.size(), Emotion.count());
        for (int i = 0; i < clips.size(); i++) {
            labels.putScalar(i, clips.get(i).label(), 1);
        }
        return new MultiDataSet(
                new INDArray[] {batch.frames()}, new INDArray[] {labels}, new INDArray[] {batch.mask()}, null);
    }
}
