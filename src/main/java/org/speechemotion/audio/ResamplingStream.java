package org.speechemotion.audio;

/** Resamples a signal in pieces and holds no more of it than the length of the filter. */
final class ResamplingStream {

    private static final int BLOCK = 8192;

    private final Resampler resampler;
    private final SampleBlock consumer;
    private final PolyphaseFilter polyphase;
    private final int before;
    private final float[] window;
    private final float[] output = new float[BLOCK];
    private long windowStart;
    private int filled;
    private long produced;
    private int waiting;

    ResamplingStream(Resampler resampler, SampleBlock consumer) {
        this.resampler = resampler;
        this.consumer = consumer;
        polyphase = resampler.polyphase().orElse(null);
        before = resampler.taps() / 2 - 1;
        window = new float[resampler.taps() + BLOCK];
        // The signal is silent before its first sample.
        filled = before;
        windowStart = -before;
    }

    /** Takes the next {@code count} samples, and passes on every sample that they determine. */
    void accept(float[] samples, int count) {
        for (int taken = 0; taken < count; ) {
            int piece = Math.min(count - taken, window.length - filled);
            System.arraycopy(samples, taken, window, filled, piece);
            taken += piece;
            filled += piece;
            produce();
            forget();
        }
        pass();
    }

    /** Ends the input and passes on all samples before its end. */
    void finish() {
        int after = resampler.taps() / 2;
        accept(new float[after], after);
    }

    private void produce() {
        if (polyphase != null) {
            produceAtOnce();
            return;
        }
        for (int start = nextStart(); start + resampler.taps() <= filled; start = nextStart()) {
            output[waiting++] = resampler.output(produced++, window, start);
            if (waiting == output.length) {
                pass();
            }
        }
    }

    private void produceAtOnce() {
        long end = resampler.outputsUpTo(windowStart + filled - resampler.taps() + before);
        while (produced < end) {
            int count = (int) Math.min(end - produced, output.length - waiting);
            polyphase.apply(produced, count, window, -windowStart - before, output, waiting);
            produced += count;
            waiting += count;
            if (waiting == output.length) {
                pass();
            }
        }
    }

    private void pass() {
        if (waiting > 0) {
            consumer.accept(output, waiting);
            waiting = 0;
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
