package org.speechemotion.spark.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.corpus.SoftLabel;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.model.FrontEnd;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.model.Optimization;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestTones;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.train.Example;
import org.speechemotion.train.ExampleBuilder;
import org.speechemotion.train.FrameAugmentation;
import org.speechemotion.train.TrainingSettings;
import org.speechemotion.train.Trainings;

/** Trains a small network on sixteen tones, whose labels are votes. */
abstract class ParameterAveragingFixture {
    static final int CLIPS = 16;

    static final int TIME_MULTIPLE = 2;

    @TempDir
    static Path folder;

    static SparkSession session;

    static JavaSparkContext context;

    static ClipPipeline pipeline;

    static List<Example> examples;

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

    static ParameterAveraging trainer(TrainingSettings settings, boolean normalized) {
        NetworkSettings network = NetworkSettings.of(new ContextSettings(8, List.of(3), List.of(2)), 8)
                .withPooling(true, normalized)
                .withDropout(normalized ? 0.3 : 0);
        Optimization learning = new Optimization(
                settings.updater(settings.stepsPerEpoch(CLIPS, settings.workers())),
                settings.optimizer().decay(),
                settings.loss().weights(examples),
                settings.adversary().adversary(examples),
                settings.stepsPerEpoch(CLIPS, settings.workers()));
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

    static TrainingSettings settings(int averagingFrequency, int batchSize, String... more) {
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

    static List<Frames> frames(List<Example> clips) throws IOException {
        return pipeline.frames(64).load(clips);
    }

    static MultiDataSet batch(List<Example> clips, TrainingSettings settings) throws IOException {
        FrameBatch batch = FrameBatch.of(frames(clips), TIME_MULTIPLE);
        List<INDArray> labels = new ArrayList<>();
        labels.add(settings.loss().targets().of(clips));
        labels.addAll(settings.adversary().targets(examples).of(clips));
        return new MultiDataSet(
                new INDArray[] {batch.frames()}, labels.toArray(INDArray[]::new), new INDArray[] {batch.mask()}, null);
    }
}
