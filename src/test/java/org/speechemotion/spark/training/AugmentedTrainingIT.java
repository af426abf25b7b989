package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.AugmentationChain.Step;
import org.speechemotion.augment.Condition;
import org.speechemotion.augment.Gain;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestTones;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.DegradedFrames;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.spark.clips.SoundListing;
import org.speechemotion.train.EpochPlan;
import org.speechemotion.train.Example;
import org.speechemotion.train.ExampleBuilder;
import org.speechemotion.train.FrameAugmentation;
import org.speechemotion.train.TrainingSettings;
import org.speechemotion.train.Trainings;

/** The cluster has no influence on the views of a clip in an epoch. */
class AugmentedTrainingIT extends SparkTest {
    private static final int CLIPS = 12;

    private JavaSparkContext context;
    private List<Example> examples;
    private FrameSource source;

    @BeforeEach
    void clips() throws IOException {
        context = JavaSparkContext.fromSparkContext(session.sparkContext());
        examples = new ArrayList<>();
        for (int i = 0; i < CLIPS; i++) {
            String path = write("clip-" + i + ".wav", TestTones.wav(200 + 40 * i, 0.2 + 0.03 * i))
                    .toString();
            examples.add(ExampleBuilder.clip(path)
                    .content("sha-" + i)
                    .speaker("test:" + i % 4)
                    .label(i % EmotionSet.EIGHT.size())
                    .seconds(0.2 + 0.03 * i)
                    .build());
        }
        source = new OnTheFlyFrames(pipeline(), 16, chain(), SoundListing.none(), 1);
    }

    @Test
    void repartitioningChangesNothing() {
        List<Frames> one = epoch(examples, 1, source);
        assertThat(epoch(examples, 4, source)).isEqualTo(one);
        List<Example> reversed = new ArrayList<>(examples);
        Collections.reverse(reversed);
        List<Frames> back = new ArrayList<>(epoch(reversed, 3, source));
        Collections.reverse(back);
        assertThat(back).isEqualTo(one);
    }

    @Test
    void threadsThatShareABatchChangeNothing() throws IOException {
        FrameSource shared = new OnTheFlyFrames(pipeline(), 0, chain(), SoundListing.none(), 3);
        assertThat(shared.training(examples, 0)).isEqualTo(source.training(examples, 0));
    }

    @Test
    void aTaskThatFailsAndIsTriedAgainChangesNothing() {
        FailsOnce failing = new FailsOnce(source);
        FailsOnce.FAILURES.set(0);
        assertThat(epoch(examples, 4, failing)).isEqualTo(epoch(examples, 1, source));
        assertThat(FailsOnce.FAILURES).hasPositiveValue();
    }

    @Test
    void epochsHaveTheirViewsAndValidationHasTheClip() throws IOException {
        List<Frames> clean = new OnTheFlyFrames(pipeline(), 16).clean(examples);
        assertThat(source.clean(examples)).isEqualTo(clean);
        assertThat(source.training(examples, 0)).doesNotContainAnyElementsOf(clean);
        assertThat(source.training(examples, 1)).doesNotContainAnyElementsOf(source.training(examples, 0));
    }

    @Test
    void degradedFramesHavePassedTheChainOfTheCondition() throws IOException {
        FrameSource heard = DegradedFrames.of(new Condition("softer", chain()), pipeline(), 16);
        assertThat(heard.clean(examples)).isEqualTo(source.training(examples, 0));
        FrameSource clean = DegradedFrames.of(new Condition("clean", AugmentationChain.none()), pipeline(), 16);
        assertThat(clean.clean(examples)).isEqualTo(source.clean(examples));
    }

    @Test
    void trainingUsesViewsAndPredictionUsesClips() {
        Recording recording = new Recording(source);
        Recording.ASKED.clear();
        TrainingSettings settings =
                Trainings.of("epochs=1", "batch-size=4", "averaging-frequency=1", "workers=2", "cache-megabytes=16");
        NetworkSettings network = NetworkSettings.of(new ContextSettings(8, List.of(3), List.of(2)), 8);
        ComputationGraph graph =
                new ComputationGraph(EmotionNetwork.configuration(network, 64, settings.updater(2), settings.seed()));
        ParameterAveraging trainer =
                new ParameterAveraging(context, graph, recording, FrameAugmentation.none(), settings, examples, 2);
        trainer.fit(EpochPlan.of(examples, 4, 0, 5));
        assertThat(Recording.ASKED).contains("training 0");
        Recording.ASKED.clear();
        trainer.predict(examples);
        assertThat(Recording.ASKED).isNotEmpty().containsOnly("clean");
    }

    private List<Frames> epoch(List<Example> clips, int partitions, FrameSource from) {
        return context
                .parallelize(clips, partitions)
                .mapPartitions(part -> {
                    List<Example> own = new ArrayList<>();
                    part.forEachRemaining(own::add);
                    return from.training(own, 2).iterator();
                })
                .map(frames -> new Object[] {frames.values(), frames.time(), frames.width()})
                .collect()
                .stream()
                .map(parts -> new Frames((float[]) parts[0], (int) parts[1], (int) parts[2]))
                .collect(Collectors.toList());
    }

    private ClipPipeline pipeline() {
        LogMelSettings raw = LogMelSettings.defaults()
                .withNormalization(Normalization.NONE)
                .withFloor(0)
                .withSpeech(0);
        return new ClipPipeline(
                AudioSettings.defaults(),
                EncoderSettings.of("log-mel", 16_000, raw),
                session.sparkContext().hadoopConfiguration());
    }

    private static AugmentationChain chain() {
        return new AugmentationChain(List.of(new Step("gain", 1, new Gain(-6, 6))), 3);
    }

    /** Fails in the first attempt of the second task. */
    private record FailsOnce(FrameSource source) implements FrameSource {
        private static final AtomicInteger FAILURES = new AtomicInteger();

        @Override
        public List<Frames> clean(List<Example> examples) throws IOException {
            return source.clean(examples);
        }

        @Override
        public List<Frames> training(List<Example> examples, int epoch) throws IOException {
            List<Frames> frames = source.training(examples, epoch);
            TaskContext task = TaskContext.get();
            if (task.partitionId() == 1 && task.attemptNumber() == 0) {
                FAILURES.incrementAndGet();
                throw new IOException("the executor was lost");
            }
            return frames;
        }
    }

    /** Records the requested views; in local mode the tasks share this JVM. */
    private record Recording(FrameSource source) implements FrameSource {
        private static final List<String> ASKED = Collections.synchronizedList(new ArrayList<>());

        @Override
        public List<Frames> clean(List<Example> examples) throws IOException {
            ASKED.add("clean");
            return source.clean(examples);
        }

        @Override
        public List<Frames> training(List<Example> examples, int epoch) throws IOException {
            ASKED.add("training " + epoch);
            return source.training(examples, epoch);
        }
    }
}
