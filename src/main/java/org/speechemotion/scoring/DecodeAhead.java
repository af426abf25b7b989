package org.speechemotion.scoring;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.speechemotion.audio.Reading;
import org.speechemotion.audio.RecordingSource;
import org.speechemotion.audio.SampleConsumer;

/**
 * Reads and decodes the next recordings in a separate thread, so that a scorer does not wait for files while it could
 * encode. The scorer pulls the decoded samples from a bounded queue.
 *
 * @param <I> the identity of an input
 */
public final class DecodeAhead<I> implements RecordingSource<I>, AutoCloseable {
    /** The audio that the queue may hold, in s: 38 MB at 16 kHz. */
    private static final long MAX_SECONDS = 600;

    private static final int MAX_EVENTS = 4096;

    private final Iterator<I> expected;
    private final RecordingSource<I> source;
    private final SampleQueue queue;
    private final Thread thread;

    /**
     * Starts the thread.
     *
     * @param inputs the inputs in the order in which they will be asked for
     * @param source the source, which only the thread uses
     */
    public DecodeAhead(List<I> inputs, RecordingSource<I> source) {
        expected = inputs.iterator();
        this.source = source;
        queue = new SampleQueue(MAX_EVENTS, MAX_SECONDS * source.sampleRate());
        thread = new Thread(() -> decode(inputs));
        thread.setName("decode-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    private void decode(List<I> inputs) {
        try {
            Producer producer = new Producer(queue);
            for (I input : inputs) {
                queue.put(new SampleQueue.End(source.read(input, producer)));
            }
        } catch (CancellationException closed) {
            // The scorer does not need the rest.
        } catch (RuntimeException | Error failure) {
            fail(failure);
        }
    }

    private void fail(Throwable failure) {
        try {
            queue.put(new SampleQueue.Failure(failure));
        } catch (CancellationException closed) {
            // The scorer has failed already, or been stopped.
        }
    }

    private record Producer(SampleQueue queue) implements SampleConsumer {
        @Override
        public void begin(int channels, long certain) {
            queue.put(new SampleQueue.Begin(channels, certain));
        }

        @Override
        public void accept(int channel, float[] block, int count) {
            queue.put(new SampleQueue.Block(channel, Arrays.copyOf(block, count)));
        }
    }

    @Override
    public int sampleRate() {
        return source.sampleRate();
    }

    /**
     * Reads the next recording from the queue.
     *
     * @throws IllegalStateException if the input is not the next one, or the thread is interrupted while it waits
     */
    @Override
    public Reading read(I input, SampleConsumer consumer) {
        I next = expected.next();
        if (!next.equals(input)) {
            throw new IllegalStateException(input + " was asked for, but the next input is " + next);
        }
        while (true) {
            SampleQueue.Event event = queue.take();
            if (event instanceof SampleQueue.Block block) {
                consumer.accept(block.channel(), block.samples(), block.samples().length);
            } else if (event instanceof SampleQueue.Begin begin) {
                consumer.begin(begin.channels(), begin.certain());
            } else if (event instanceof SampleQueue.End end) {
                return end.reading();
            } else {
                throw rethrown(((SampleQueue.Failure) event).cause());
            }
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    @Override
    public void close() {
        queue.close();
        thread.interrupt();
    }
}
