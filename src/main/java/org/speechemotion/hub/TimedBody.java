package org.speechemotion.hub;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.speechemotion.common.FailureMessage;

/**
 * The body of a response with a time limit for each buffer, because the streams of {@link java.net.http.HttpClient} wait for
 * ever. At most one buffer is queued.
 */
final class TimedBody implements BodySubscriber<TimedBody>, AutoCloseable {

    /** An event of the connection. */
    private sealed interface Event {
        /** Some bytes, or nothing at the end of the body. */
        record Piece(Optional<List<ByteBuffer>> bytes) implements Event {}

        /** The connection has failed. */
        record Broken(Throwable cause) implements Event {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Duration stall;
    private final long minimumBytesPerSecond;
    /** The waits of the current measurement of the rate, which restarts when they reach the stall limit. */
    private long waitedNanos;

    private long receivedBytes;
    private volatile Flow.Subscription subscription;
    private volatile boolean closed;

    /**
     * @param stall the time limit for one buffer
     * @param minimumBytesPerSecond the lowest rate, averaged over waits that sum to {@code stall}; 0 allows any
     */
    TimedBody(Duration stall, long minimumBytesPerSecond) {
        this.stall = stall;
        this.minimumBytesPerSecond = minimumBytesPerSecond;
    }

    /**
     * Returns the next bytes.
     *
     * @return empty at the end
     * @throws HttpTimeoutException if no bytes arrive within the time limit, or too few
     */
    Optional<List<ByteBuffer>> next() throws IOException, InterruptedException {
        long before = System.nanoTime();
        Event event = events.poll(stall.toNanos(), TimeUnit.NANOSECONDS);
        // Only waits count, because the time between them belongs to the disk.
        waitedNanos += System.nanoTime() - before;
        if (event == null) {
            throw new HttpTimeoutException("no bytes for " + stall.toMillis() / 1000.0 + " s");
        }
        if (event instanceof Event.Broken broken) {
            throw new IOException("the connection failed: " + FailureMessage.of(broken.cause()), broken.cause());
        }
        Optional<List<ByteBuffer>> bytes = ((Event.Piece) event).bytes();
        if (bytes.isPresent()) {
            requireRate(bytes.get());
            subscription.request(1);
        }
        return bytes;
    }

    private void requireRate(List<ByteBuffer> bytes) throws HttpTimeoutException {
        receivedBytes += bytes.stream().mapToLong(ByteBuffer::remaining).sum();
        if (waitedNanos >= stall.toNanos()) {
            double seconds = waitedNanos / 1e9;
            if (receivedBytes < minimumBytesPerSecond * seconds) {
                throw new HttpTimeoutException(
                        "%d bytes in %.1f s; allowed: at least fetch.minimum-bytes-per-second, which is %d"
                                .formatted(receivedBytes, seconds, minimumBytesPerSecond));
            }
            waitedNanos = 0;
            receivedBytes = 0;
        }
    }

    @Override
    public CompletionStage<TimedBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        if (closed) {
            source.cancel();
        } else {
            source.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        events.add(new Event.Piece(Optional.of(bytes)));
    }

    @Override
    public void onError(Throwable cause) {
        events.add(new Event.Broken(cause));
    }

    @Override
    public void onComplete() {
        events.add(new Event.Piece(Optional.empty()));
    }

    /** Cancels the rest of the body. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription source = subscription;
        if (source != null) {
            source.cancel();
        }
    }
}
