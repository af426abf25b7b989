package org.speechemotion.scoring;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import org.speechemotion.audio.Reading;
import org.speechemotion.audio.RecordingSource;
import org.speechemotion.audio.SampleConsumer;

/**
 * Reads and decodes, in a thread of its own, what will be asked for next, so that a scorer does not wait for files while
 * it could encode. What it holds is bounded, within a recording as well as from one to the next.
 */
public final class DecodeAhead implements RecordingSource, AutoCloseable {
    /** Of audio, in s: 38 MB at 16 kHz. */
    private static final double MOST_SECONDS = 600;

    /** Blocks of samples, beginnings and ends. */
    private static final int MOST_EVENTS = 4096;

    private final Iterator<String> asked;
    private final RecordingSource source;
    private final Queue<Event> events = new ArrayDeque<>();
    private final Thread thread;
    private long samples;
    private boolean closed;

    /**
     * Begins.
     *
     * @param paths in the order in which they will be asked for
     * @param source serves the thread alone
     */
    public DecodeAhead(List<String> paths, RecordingSource source) {
        asked = paths.iterator();
        this.source = source;
        thread = new Thread(() -> decode(paths));
        thread.setName("decode-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    /** What happened while a recording was read, to be repeated for who asks for it. */
    private record Event(int samples, Repetition repetition) {}

    private interface Repetition {
        /** The reading, where this is the recording's end. */
        Optional<Reading> repeat(SampleConsumer consumer);
    }

    private void decode(List<String> paths) {
        try {
            for (String path : paths) {
                Reading reading = source.read(path, new Recorder());
                hand(new Event(0, consumer -> Optional.of(reading)));
            }
        } catch (CancellationException closing) {
            // Nobody asks any more.
        } catch (RuntimeException | Error failure) {
            fail(failure);
        }
    }

    /** A failure that is not the file's own is passed on to who asks. */
    private synchronized void fail(Throwable failure) {
        events.add(new Event(0, consumer -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }));
        notifyAll();
    }

    private final class Recorder implements SampleConsumer {
        @Override
        public void begin(int channels, long certain) {
            hand(new Event(0, consumer -> {
                consumer.begin(channels, certain);
                return Optional.empty();
            }));
        }

        @Override
        public void accept(int channel, float[] block, int count) {
            float[] kept = Arrays.copyOf(block, count);
            hand(new Event(count, consumer -> {
                consumer.accept(channel, kept, kept.length);
                return Optional.empty();
            }));
        }
    }

    private synchronized void hand(Event event) {
        try {
            while (!closed
                    && !events.isEmpty()
                    && (events.size() >= MOST_EVENTS || samples >= MOST_SECONDS * sampleRate())) {
                wait();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
        if (closed) {
            throw new CancellationException();
        }
        events.add(event);
        samples += event.samples;
        notifyAll();
    }

    @Override
    public int sampleRate() {
        return source.sampleRate();
    }

    /**
     * The next one.
     *
     * @throws IllegalStateException where the path is not the next, or the wait was interrupted
     */
    @Override
    public Reading read(String path, SampleConsumer consumer) {
        String next = asked.next();
        if (!next.equals(path)) {
            throw new IllegalStateException(path + " was asked for; the next is " + next);
        }
        Optional<Reading> reading = Optional.empty();
        while (reading.isEmpty()) {
            reading = take().repetition.repeat(consumer);
        }
        return reading.get();
    }

    private synchronized Event take() {
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
        samples -= event.samples;
        notifyAll();
        return event;
    }

    @Override
    public synchronized void close() {
        closed = true;
        events.clear();
        notifyAll();
        thread.interrupt();
    }
}
