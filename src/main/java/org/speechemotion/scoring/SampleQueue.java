package org.speechemotion.scoring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import org.speechemotion.audio.Reading;

/**
 * A bounded queue between the thread that decodes recordings and the one that scores them. It is bounded by the number of
 * events and by the number of samples in them.
 */
final class SampleQueue {
    private final int maxEvents;
    private final long maxSamples;
    private final Deque<Event> events = new ArrayDeque<>();
    private long samples;
    private boolean closed;

    SampleQueue(int maxEvents, long maxSamples) {
        this.maxEvents = maxEvents;
        this.maxSamples = maxSamples;
    }

    /** An event of decoding. */
    sealed interface Event {
        /** Returns the number of samples. */
        default int size() {
            return 0;
        }
    }

    /** A recording begins. */
    record Begin(int channels, long certain) implements Event {}

    /** The next samples of a channel, {@code [time]}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Block(int channel, float[] samples) implements Event {
        @Override
        public int size() {
            return samples.length;
        }
    }

    /** A recording ends. */
    record End(Reading reading) implements Event {}

    /** The decoding thread failed, for a reason that is not the input's fault; nothing follows. */
    record Failure(Throwable cause) implements Event {}

    /**
     * Adds an event as soon as there is room for it.
     *
     * @throws CancellationException if the queue is closed, or the thread is interrupted
     */
    synchronized void put(Event event) {
        try {
            while (!closed && !events.isEmpty() && (events.size() >= maxEvents || samples >= maxSamples)) {
                wait();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
        if (closed) {
            throw new CancellationException();
        }
        events.add(event);
        samples += event.size();
        notifyAll();
    }

    /**
     * Takes the next event as soon as there is one.
     *
     * @throws IllegalStateException if the queue is closed, or the thread is interrupted
     */
    synchronized Event take() {
        try {
            while (events.isEmpty()) {
                if (closed) {
                    throw new IllegalStateException("closed");
                }
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        Event event = events.remove();
        samples -= event.size();
        notifyAll();
        return event;
    }

    /** Drops all events, and wakes both threads. */
    synchronized void close() {
        closed = true;
        events.clear();
        notifyAll();
    }
}
