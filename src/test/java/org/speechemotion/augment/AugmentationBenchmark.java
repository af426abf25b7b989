package org.speechemotion.augment;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.speechemotion.audio.Waveform;

/** Measures the time in which one core augments a clip of 3.7 s; 3.7 ms would be 1000 times real time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class AugmentationBenchmark {
    @Param({
        "chain",
        "background-noise",
        "clipping",
        "colored-noise",
        "crop",
        "dropouts",
        "gain",
        "gaussian-noise",
        "impulse-response",
        "microphone",
        "pitch-shift",
        "place",
        "reverse",
        "room",
        "telephone",
        "time-stretch"
    })
    private String name;

    private final List<Waveform> clips = Kit.clips();
    private AugmentationChain chain;
    private Sounds sounds;
    private int view;

    /** Opens the measured augmentations. */
    @Setup
    public void open() {
        chain = name.equals("chain") ? Kit.shipped() : Kit.always(name);
        sounds = Kit.sounds(name);
    }

    /** Another view of another clip. */
    @Benchmark
    public AugmentationChain.View augment() {
        view++;
        return chain.apply(clips.get(view % clips.size()), String.valueOf(view), "clip", sounds);
    }
}
