package org.speechemotion.live;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Sgd;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.PcmFormat;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.EncoderBindings;
import org.speechemotion.spark.bindings.TrainedModel;

/**
 * Measures the delay from the last sample of a window to its event, for streams that are fed in real time: {@code
 * LiveBenchmark MODEL SECONDS STREAMS…}. The streams begin evenly spread over a hop, as those of independent callers do. MODEL may
 * be the folder of a pretrained encoder; the network above it is random then. The processor time is that of the whole process,
 * with the reception of the audio.
 */
public final class LiveBenchmark {
    private static final int PIECES_PER_SECOND = 10;
    private static final int BURST_SECONDS = 15;
    private static final long PIECE_NANOS = 1_000_000_000L / PIECES_PER_SECOND;

    private LiveBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Model model = model(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        // Windows of a pretrained encoder take long.
        int bursts = Files.exists(Path.of(arguments[0], "preprocessor_config.json")) ? 2 : 100;
        int threads = Runtime.getRuntime().availableProcessors();
        try (Encoder encoder = Encoders.open(model.encoder);
                WindowScorer scorer = new WindowScorer(encoder, model.network, 16, threads)) {
            burst(scorer, model.audio, bursts); // warms up
            System.out.println(burst(scorer, model.audio, bursts));
            System.out.println("streams  windows  skipped  p50 ms  p99 ms  longest ms  cores");
            for (int i = 2; i < arguments.length; i++) {
                System.out.println(measure(scorer, model.audio, Integer.parseInt(arguments[i]), seconds));
            }
        }
    }

    private record Model(EncoderSettings encoder, Supplier<EmotionModel> network, AudioSettings audio) {}

    private static Model model(String path) {
        if (!Files.exists(Path.of(path, "preprocessor_config.json"))) {
            TrainedModel model = TrainedModel.open(Settings.load(List.of(), List.of("model=" + path)));
            return new Model(model.encoder(), model.bundle()::open, model.audio());
        }
        Settings settings = Settings.load(List.of(), List.of("encoder.name=transformer", "encoder.path=" + path));
        EncoderSettings folder = EncoderBindings.encoder(settings);
        try (Encoder encoder = Encoders.open(folder)) {
            ComputationGraph graph = new ComputationGraph(EmotionNetwork.configuration(
                    settings.bind("network", NetworkSettings.class), encoder.width(), new Sgd(0.1), 7));
            graph.init();
            int stride =
                    settings.bind("network", NetworkSettings.class).context().totalStride();
            return new Model(folder, () -> new EmotionModel(graph.clone(), stride), AudioSettings.defaults());
        }
    }

    /** Scores a quarter of a minute of as many streams as fast as possible, and prints the number of streams that the processors carry. */
    private static String burst(WindowScorer scorer, AudioSettings audio, int streams) throws Exception {
        long used = cpuNanos();
        AtomicInteger windows = new AtomicInteger();
        List<LiveStream> all = new ArrayList<>();
        byte[] piece = noise(audio.sampleRate() / PIECES_PER_SECOND);
        for (int i = 0; i < streams; i++) {
            all.add(stream(
                    scorer,
                    audio,
                    Overload.WAIT,
                    event -> windows.addAndGet(event instanceof LiveEvent.Window ? 1 : 0)));
        }
        for (int i = 0; i < BURST_SECONDS * PIECES_PER_SECOND; i++) {
            for (LiveStream stream : all) {
                stream.accept(ByteBuffer.wrap(piece));
                stream.awaitRoom();
            }
        }
        for (LiveStream stream : all) {
            stream.finish().get();
        }
        double seconds = (cpuNanos() - used) / 1e9;
        return String.format(
                Locale.ROOT,
                "%.1f ms of processor time for each of %d windows, with their reception: one core carries %.0f streams",
                1e3 * seconds / windows.get(),
                windows.get(),
                (double) BURST_SECONDS * streams / seconds);
    }

    private static LiveStream stream(
            WindowScorer scorer, AudioSettings audio, Overload overload, Consumer<LiveEvent> events) throws Exception {
        return new LiveStream(
                new PcmFormat(PcmFormat.Encoding.S16LE, audio.sampleRate(), 1),
                audio,
                RecordingSettings.defaults(),
                new LiveSettings(overload, 2),
                scorer,
                Optional.empty(),
                events);
    }

    private static String measure(WindowScorer scorer, AudioSettings audio, int streams, int seconds) throws Exception {
        double hop = RecordingSettings.defaults().hopSeconds();
        List<Double> delays = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger skipped = new AtomicInteger();
        byte[] piece = noise(audio.sampleRate() / PIECES_PER_SECOND);
        PriorityQueue<Feed> feeds = new PriorityQueue<>(Comparator.comparingLong(Feed::due));
        long used = cpuNanos();
        long begin = System.nanoTime() + 1_000_000_000L;
        for (int i = 0; i < streams; i++) {
            long start = begin + (long) (hop * 1e9 * i / streams);
            LiveStream stream = stream(scorer, audio, Overload.SKIP, event -> {
                if (event instanceof LiveEvent.Window window) {
                    delays.add((System.nanoTime() - start) / 1e6 - window.endSeconds() * 1e3);
                } else if (event instanceof LiveEvent.Skipped) {
                    skipped.incrementAndGet();
                }
            });
            feeds.add(new Feed(start + PIECE_NANOS, stream));
        }
        long end = begin + seconds * 1_000_000_000L;
        while (!feeds.isEmpty()) {
            Feed next = feeds.remove();
            // A piece comes when its last sample has been recorded.
            LockSupport.parkNanos(next.due - System.nanoTime());
            next.stream.accept(ByteBuffer.wrap(piece));
            if (next.due < end) {
                feeds.add(new Feed(next.due + PIECE_NANOS, next.stream));
            } else {
                next.stream.cancel();
            }
        }
        List<Double> sorted = delays.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%7d  %7d  %7d  %6.0f  %6.0f  %10.0f  %5.2f",
                streams,
                sorted.size(),
                skipped.get(),
                quantile(sorted, 0.5),
                quantile(sorted, 0.99),
                quantile(sorted, 1),
                (double) (cpuNanos() - used) / (System.nanoTime() - begin));
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** The next piece of a stream. */
    private record Feed(long due, LiveStream stream) {}

    private static double quantile(List<Double> sorted, double share) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }

    private static byte[] noise(int samples) {
        KeyedRandom random = new KeyedRandom(1);
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            bytes.putShort((short) (3000 * random.nextGaussian()));
        }
        return bytes.array();
    }
}
