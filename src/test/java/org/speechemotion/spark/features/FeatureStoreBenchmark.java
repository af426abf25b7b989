package org.speechemotion.spark.features;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.features.FeatureIndex;
import org.speechemotion.features.ValueType;
import org.speechemotion.features.ViewOrder;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.training.ParameterAveraging;
import org.speechemotion.train.EpochPlan;
import org.speechemotion.train.Example;
import org.speechemotion.train.ExampleBuilder;
import org.speechemotion.train.FrameAugmentation;
import org.speechemotion.train.TrainingSettings;
import org.speechemotion.train.Trainings;

/**
 * Measures the times of writing a store, of reading it, and of training a head from it: frames of HuBERT-base's width that are
 * drawn, not encoded. Arguments: the number of clips (960), of epochs (5), and an empty folder for the store.
 */
public final class FeatureStoreBenchmark {
    private static final int WIDTH = 768;
    private static final int FRAMES_PER_SECOND = 50;
    private static final int CLIPS_PER_PART = 200;

    private FeatureStoreBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 960;
        int epochs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path folder = arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("features-");
        List<Example> clips =
                IntStream.range(0, count).mapToObj(FeatureStoreBenchmark::clip).toList();
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            session.sparkContext().setLogLevel("WARN");
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            for (ValueType values : ValueType.values()) {
                measure(context, clips, epochs, folder.resolve(values.name()), values);
            }
        }
    }

    private static void measure(
            JavaSparkContext context, List<Example> clips, int epochs, Path folder, ValueType values)
            throws IOException {
        FeatureStore store =
                FeatureStore.open(folder.toString(), TestStore.described(WIDTH, values), context.hadoopConfiguration());
        say(
                "%s: %d clips of about %d frames",
                values, clips.size(), (int) clips.stream()
                        .mapToInt(FeatureStoreBenchmark::frames)
                        .average()
                        .orElseThrow());
        Watch watch = new Watch();
        for (int from = 0; from < clips.size(); from += CLIPS_PER_PART) {
            List<Example> some = clips.subList(from, Math.min(from + CLIPS_PER_PART, clips.size()));
            store.write("part-0-" + from + ".parquet", "0", part -> {
                for (Example clip : some) {
                    part.write(clip, 0, drawn(clip));
                }
            });
        }
        watch.say("written, drawing included");
        watch = new Watch();
        FeatureIndex index = store.index(context);
        watch.say("index");
        FrameSource frames = new StoredFrames(store, context.broadcast(index), new ViewOrder(0, 1));
        for (int round = 0; round < 3; round++) {
            watch = new Watch();
            frames.clean(clips);
            watch.say("all clips read, by one thread");
        }
        train(context, clips, epochs, frames);
    }

    private static void train(JavaSparkContext context, List<Example> clips, int epochs, FrameSource frames) {
        TrainingSettings settings = Trainings.of("epochs=" + epochs, "workers=2", "cache-megabytes=0");
        NetworkSettings network = NetworkSettings.of(new ContextSettings(128, List.of(), List.of()), 256)
                .withDropout(0.3);
        ParameterAveraging trainer = new ParameterAveraging(
                context,
                new ComputationGraph(EmotionNetwork.configuration(
                        network,
                        WIDTH,
                        settings.updater(settings.stepsPerEpoch(clips.size(), settings.workers())),
                        settings.seed())),
                frames,
                FrameAugmentation.none(),
                settings,
                clips,
                1);
        for (int epoch = 0; epoch < epochs; epoch++) {
            Watch watch = new Watch();
            trainer.fit(EpochPlan.of(clips, settings.batchSize(), epoch, settings.seed()));
            watch.say("epoch " + (epoch + 1) + " of the head");
        }
    }

    private static Example clip(int number) {
        double seconds = new KeyedRandom(1, "seconds", Integer.toString(number)).nextDouble(3, 4.4);
        return ExampleBuilder.clip("clip-" + number)
                .speaker("drawn:1")
                .label(number % EmotionSet.EIGHT.size())
                .seconds(seconds)
                .build();
    }

    private static int frames(Example clip) {
        return (int) (clip.seconds() * FRAMES_PER_SECOND);
    }

    private static Frames drawn(Example clip) {
        KeyedRandom random = new KeyedRandom(1, "frames", clip.contentSha256());
        float[] values = new float[frames(clip) * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return new Frames(values, frames(clip), WIDTH);
    }

    /** Measures the elapsed wall-clock time and the processor time of all threads. */
    private static final class Watch {
        private static final OperatingSystemMXBean SYSTEM =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        private final long start = System.nanoTime();
        private final long processor = SYSTEM.getProcessCpuTime();

        void say(String what) {
            FeatureStoreBenchmark.say(
                    "  %-30s %6.2f s, of processors %6.2f s",
                    what, (System.nanoTime() - start) / 1e9, (SYSTEM.getProcessCpuTime() - processor) / 1e9);
        }
    }

    private static void say(String format, Object... values) {
        // ND4J fills the standard output.
        System.err.printf(Locale.ROOT, format + "%n", values);
    }
}
