package org.speechemotion.audio;

import java.util.Arrays;

/** Resamples a signal that arrives in pieces, holding no more of the input than the filter reaches over. */
final class ResamplingStream {

    private static final int BLOCK = 8192;

    private final Resampler resampler;
    private final int before;
    private final float[] window;
    private long windowStart;
    private int filled;
    private float[] output;
    private int produced;

    /** A conversion whose output is {@code capacity} samples long, or may become longer. */
    ResamplingStream(Resampler resampler, int capacity) {
        this.resampler = resampler;
        before = resampler.taps() / 2 - 1;
        window = new float[resampler.taps() + BLOCK];
        // The signal is silent before its first sample.
        filled = before;
        windowStart = -before;
        output = new float[capacity];
    }

    /** Takes the next {@code count} samples. */
    void accept(float[] samples, int count) {
        for (int taken = 0; taken < count; ) {
            int piece = Math.min(count - taken, window.length - filled);
            System.arraycopy(samples, taken, window, filled, piece);
            taken += piece;
            filled += piece;
            produce();
            forget();
        }
    }

    /** Ends the input; the output has every sample that falls before that end. */
    float[] finish() {
        int after = resampler.taps() / 2;
        accept(new float[after], after);
        return produced == output.length ? output : Arrays.copyOf(output, produced);
    }

    private void produce() {
        for (int start = nextStart(); start + resampler.taps() <= filled; start = nextStart()) {
            if (produced == output.length) {
                output = Arrays.copyOf(output, Math.max(BLOCK, produced + produced / 2));
            }
            output[produced] = resampler.output(produced, window, start);
            produced++;
        }
    }

    private void forget() {
        int forgotten = Math.min(nextStart(), filled);
        System.arraycopy(window, forgotten, window, 0, filled - forgotten);
        windowStart += forgotten;
        filled -= forgotten;
    }

    private int nextStart() {
        return (int) (resampler.inputIndex(produced) - before - windowStart);
    }
}
