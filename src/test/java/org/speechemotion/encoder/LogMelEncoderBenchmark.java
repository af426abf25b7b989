package org.speechemotion.encoder;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time to encode 10 s of audio on one core; 10 ms would be 1000 times real time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class LogMelEncoderBenchmark {

    private static final int RATE = 16_000;

    private final Encoder encoder = new LogMelEncoder(LogMelSettings.defaults(), RATE);
    private final List<float[]> clip = List.of(new float[10 * RATE]);

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < clip.get(0).length; i++) {
            clip.get(0)[i] = (float) random.nextDouble(-1, 1);
        }
    }

    @Benchmark
    public List<Frames> tenSeconds() {
        return encoder.encode(clip);
    }
}
