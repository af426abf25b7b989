package org.speechemotion.audio;

import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Measures the time in which one core resamples ten seconds to 16 kHz, by {@link Resampler} and by TarsosDSP. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResamplerBenchmark {

    private static final int SECONDS = 10;
    private static final int TARGET = 16_000;

    @Param({"48000", "44100"})
    private int sampleRate;

    private float[] samples;

    /** Makes the input, a tone. */
    @Setup
    public void synthesise() {
        samples = Tone.generate(440, sampleRate, SECONDS * sampleRate, 0.5);
    }

    /** Ours. */
    @Benchmark
    public float[] ours() {
        return Resampler.of(sampleRate, TARGET).resample(samples);
    }

    /** TarsosDSP's in its high quality, a port of libresample. */
    @Benchmark
    public float[] tarsos() {
        double factor = (double) TARGET / sampleRate;
        float[] output = new float[SECONDS * TARGET + 1];
        new be.tarsos.dsp.resample.Resampler(true, factor, factor)
                .process(factor, samples, 0, samples.length, true, output, 0, output.length);
        return output;
    }

    /** Runs in this JVM and prints each result as a multiple of real time. */
    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ResamplerBenchmark.class.getName())
                        .forks(0)
                        .build())
                .run();
        for (RunResult result : results) {
            double milliseconds = result.getPrimaryResult().getScore();
            System.out.printf(
                    Locale.ROOT,
                    "%s from %s Hz: %.0f times real time%n",
                    result.getPrimaryResult().getLabel(),
                    result.getParams().getParam("sampleRate"),
                    SECONDS * 1000 / milliseconds);
        }
    }
}
