package org.speechemotion.scoring;

import java.util.Arrays;

/**
 * Divides a signal that arrives in blocks into windows of equal length that begin a hop apart. It holds no more samples than a
 * window and a hop. The last window ends with the signal and may overlap the one before it by more than usual, so no window is
 * shorter and no sample is left out. A signal that is shorter than a window is a single window.
 */
final class SlidingWindows {
    private final int window;
    private final int hop;
    private final Consumer consumer;
    private final float[] held;
    private long start;
    private int filled;
    private boolean begun;

    /**
     * Begins at the first sample of a signal.
     *
     * @param window the length of a window, in samples
     * @param hop the hop in samples, at most the length of a window
     */
    SlidingWindows(int window, int hop, Consumer consumer) {
        this.window = window;
        this.hop = hop;
        this.consumer = consumer;
        held = new float[window + hop];
    }

    /** Accepts the next {@code count} samples. */
    void accept(float[] samples, int count) {
        for (int taken = 0; taken < count; ) {
            int piece = Math.min(count - taken, (begun ? held.length : window) - filled);
            System.arraycopy(samples, taken, held, filled, piece);
            taken += piece;
            filled += piece;
            if (!begun && filled == window) {
                begun = true;
                consumer.accept(start, Arrays.copyOf(held, window));
            } else if (begun && filled == held.length) {
                System.arraycopy(held, hop, held, 0, window);
                filled = window;
                start += hop;
                consumer.accept(start, Arrays.copyOf(held, window));
            }
        }
    }

    /** Ends the signal. */
    void finish() {
        if (!begun && filled > 0) {
            consumer.accept(0, Arrays.copyOf(held, filled));
        } else if (filled > window) {
            consumer.accept(start + filled - window, Arrays.copyOfRange(held, filled - window, filled));
        }
    }

    /** Returns the number of samples so far. */
    long length() {
        return start + filled;
    }

    /** Accepts windows. */
    interface Consumer {
        /**
         * Accepts the next window.
         *
         * @param start the position of its first sample in the signal
         * @param samples {@code [time]}
         */
        void accept(long start, float[] samples);
    }
}
