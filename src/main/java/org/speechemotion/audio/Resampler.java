package org.speechemotion.audio;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Converts between sample rates with a polyphase Kaiser-windowed sinc (Smith, <em>Digital Audio Resampling</em>, <a
 * href="https://ccrma.stanford.edu/~jos/resample/">CCRMA</a>; Oppenheim and Schafer, <em>Discrete-Time Signal
 * Processing</em>, section 7.6, for the window's length and shape).
 *
 * <p>The filter is flat up to 0.9 of the lower Nyquist frequency and attenuates by 100 dB above that Nyquist frequency.
 * It has linear phase with its delay removed: output {@code n} is the signal at {@code n / toHz} s. Immutable and
 * thread-safe.
 */
public final class Resampler {

    /** The lowest supported sample rate in Hz. */
    public static final int MIN_RATE = 1_000;

    /** The highest supported sample rate in Hz. */
    public static final int MAX_RATE = 768_000;

    /** The maximum length of an array on every JVM. */
    static final int MAX_OUTPUT = Integer.MAX_VALUE - 8;

    private static final int CACHED = 16;

    private final int fromHz;
    private final int toHz;
    private final int step;
    private final int denominator;
    private final SincTable table;

    private Resampler(Rates rates) {
        fromHz = rates.fromHz;
        toHz = rates.toHz;
        int divisor = greatestCommonDivisor(fromHz, toHz);
        step = fromHz / divisor;
        denominator = toHz / divisor;
        table = SincTable.design(fromHz, toHz, denominator);
    }

    /**
     * Returns the resampler for two rates. The last {@value #CACHED} pairs of rates are cached, with at most 1 MiB each.
     *
     * @throws IllegalArgumentException if a rate is outside [{@value #MIN_RATE}, {@value #MAX_RATE}] Hz
     */
    public static Resampler of(int fromHz, int toHz) {
        requireRate("from", fromHz);
        requireRate("to", toHz);
        return Cache.LAST_USED.computeIfAbsent(new Rates(fromHz, toHz), Resampler::new);
    }

    /**
     * Converts a whole signal, with silence before its beginning and after its end.
     *
     * @param samples the samples {@code [time]} at the source rate
     * @return a new array {@code [outputLength(time)]} at the target rate
     * @throws IllegalArgumentException see {@link #outputLength}
     */
    public float[] resample(float[] samples) {
        SampleCollector collector = new SampleCollector();
        collector.begin(1, outputLength(samples.length));
        ResamplingStream stream = stream(collector);
        stream.accept(samples, samples.length);
        stream.finish();
        return collector.samples();
    }

    /**
     * Returns the number of samples of {@link #resample}, whose times are before the end of the input.
     *
     * @throws IllegalArgumentException if they do not fit into an array
     */
    public int outputLength(int inputLength) {
        long length = outputLength((long) inputLength);
        if (length > MAX_OUTPUT) {
            throw new IllegalArgumentException(inputLength + " samples from " + fromHz + " to " + toHz + " Hz are "
                    + length + "; allowed: at most " + MAX_OUTPUT);
        }
        return (int) length;
    }

    long outputLength(long inputLength) {
        return (inputLength * denominator + step - 1) / step;
    }

    /** Creates a conversion in pieces. */
    ResamplingStream stream(SampleBlock consumer) {
        return new ResamplingStream(this, consumer);
    }

    int taps() {
        return table.taps();
    }

    /** Returns the index of the input sample at or before output {@code index}. */
    long inputIndex(long index) {
        return index * step / denominator;
    }

    /** Computes output {@code index} from a window of {@link #taps} inputs around {@link #inputIndex}. */
    float output(long index, float[] window, int start) {
        return table.apply((int) (index * step % denominator), window, start);
    }

    /** Returns a filter that computes many outputs at once, if there is one for these rates. */
    Optional<PolyphaseFilter> polyphase() {
        return table.isExact() && PolyphaseFilter.suits(step, denominator)
                ? Optional.of(PolyphaseFilter.of(table, step, denominator))
                : Optional.empty();
    }

    /** Returns the number of outputs whose {@link #inputIndex} is at most {@code index}. */
    long outputsUpTo(long index) {
        return index < 0 ? 0 : ((index + 1) * denominator - 1) / step + 1;
    }

    private static void requireRate(String side, int rate) {
        if (!isRate(rate)) {
            throw new IllegalArgumentException("the rate to resample " + side + " is " + rate + " Hz; allowed: "
                    + MIN_RATE + " to " + MAX_RATE + " Hz");
        }
    }

    static boolean isRate(long rate) {
        return rate >= MIN_RATE && rate <= MAX_RATE;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    private record Rates(int fromHz, int toHz) {}

    /** Caches tables, which take milliseconds to compute and depend only on the rates. */
    private static final class Cache extends LinkedHashMap<Rates, Resampler> {

        static final Map<Rates, Resampler> LAST_USED = Collections.synchronizedMap(new Cache());

        private Cache() {
            super(2 * CACHED, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Rates, Resampler> eldest) {
            return size() > CACHED;
        }
    }
}
