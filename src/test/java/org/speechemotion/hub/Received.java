package org.speechemotion.hub;

import java.time.Duration;

/** The progress of a fetch, for a server that waits for it. */
final class Received {
    private static final long MAX_NANOS = Duration.ofSeconds(20).toNanos();

    private long bytes;

    synchronized void set(long value) {
        bytes = value;
        notifyAll();
    }

    /** Waits until so many bytes of the file are there. */
    synchronized void await(long value) {
        long end = System.nanoTime() + MAX_NANOS;
        try {
            while (bytes < value && System.nanoTime() < end) {
                wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
