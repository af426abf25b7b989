package org.speechemotion.live;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.PcmFormat;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.TrainedModel;

/**
 * Measures the delay from the last sample of a window to its event, for streams that are fed in real time: {@code
 * LiveBenchmark MODEL SECONDS STREAMS…}. The streams begin evenly spread over a hop, as those of independent callers do.
 */
public final class LiveBenchmark {
    private static final int PIECES_PER_SECOND = 10;
    private static final long PIECE_NANOS = 1_000_000_000L / PIECES_PER_SECOND;

    private LiveBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        TrainedModel model = TrainedModel.open(Settings.load(List.of(), List.of("model=" + arguments[0])));
        int seconds = Integer.parseInt(arguments[1]);
        int threads = Runtime.getRuntime().availableProcessors();
        System.out.println("streams  windows  skipped  p50 ms  p99 ms  longest ms");
        try (Encoder encoder = Encoders.open(model.encoder());
                WindowScorer scorer = new WindowScorer(encoder, model.bundle()::open, 16, threads)) {
            measure(scorer, model.audio(), 2, 10); // warms up
            for (int i = 2; i < arguments.length; i++) {
                System.out.println(measure(scorer, model.audio(), Integer.parseInt(arguments[i]), seconds));
            }
        }
    }

    private static String measure(WindowScorer scorer, AudioSettings audio, int streams, int seconds) throws Exception {
        RecordingSettings settings = RecordingSettings.defaults();
        List<Double> delays = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger skipped = new AtomicInteger();
        int rate = audio.sampleRate();
        byte[] piece = noise(rate / PIECES_PER_SECOND);
        PriorityQueue<Feed> feeds = new PriorityQueue<>(Comparator.comparingLong(Feed::due));
        long begin = System.nanoTime() + 1_000_000_000L;
        for (int i = 0; i < streams; i++) {
            long start = begin + (long) (settings.hopSeconds() * 1e9 * i / streams);
            LiveStream stream = new LiveStream(
                    new PcmFormat(PcmFormat.Encoding.S16LE, rate, 1),
                    audio,
                    settings,
                    new LiveSettings(Overload.SKIP, 2),
                    scorer,
                    Optional.empty(),
                    event -> {
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
                "%7d  %7d  %7d  %6.0f  %6.0f  %10.0f",
                streams,
                sorted.size(),
                skipped.get(),
                quantile(sorted, 0.5),
                quantile(sorted, 0.99),
                quantile(sorted, 1));
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
