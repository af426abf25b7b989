package org.speechemotion.scoring;

import java.util.Arrays;

/**
 * Cuts a signal that arrives in pieces into windows of one length, hop after hop, holding no more than a window and a
 * hop. The last window ends where the signal does, and overlaps the one before it by more than the others: none is
 * shorter, and nothing is left out. A signal that is shorter than a window is one window by itself.
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
     * Begins at the signal's first sample.
     *
     * @param window in samples
     * @param hop in samples, at most the window
     */
    SlidingWindows(int window, int hop, Consumer consumer) {
        this.window = window;
        this.hop = hop;
        this.consumer = consumer;
        held = new float[window + hop];
    }

    /** Takes the next {@code count} samples. */
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

    /** How many samples there were. */
    long length() {
        return start + filled;
    }

    /** Takes windows. */
    interface Consumer {
        /**
         * Takes the next one.
         *
         * @param start its first sample's place in the signal
         * @param samples its own
         */
        void accept(long start, float[] samples);
    }
}
