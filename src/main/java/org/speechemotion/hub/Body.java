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

/**
 * A response's body, pulled piece by piece, each within a time limit; the client's own streams wait for ever. At most
 * one piece waits.
 */
final class Body implements BodySubscriber<Body>, AutoCloseable {

    /** What the connection brought. */
    private sealed interface Event {
        /** Some bytes, or none: the end. */
        record Piece(Optional<List<ByteBuffer>> bytes) implements Event {}

        /** The connection broke. */
        record Broken(Throwable cause) implements Event {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Duration stall;
    private final long minimumBytesPerSecond;
    /** Of the interval over which the rate is measured. It begins anew whenever it has reached the stall limit. */
    private long waitedNanos;

    private long receivedBytes;
    private volatile Flow.Subscription subscription;
    private volatile boolean closed;

    /**
     * Creates a body that a response will fill.
     *
     * @param stall longest wait for one piece
     * @param minimumBytesPerSecond lowest rate, averaged over waits that add up to {@code stall}; 0 allows any
     */
    Body(Duration stall, long minimumBytesPerSecond) {
        this.stall = stall;
        this.minimumBytesPerSecond = minimumBytesPerSecond;
    }

    /**
     * The next bytes.
     *
     * @return empty at the end
     * @throws HttpTimeoutException if none came in time, or too few
     */
    Optional<List<ByteBuffer>> next() throws IOException, InterruptedException {
        long before = System.nanoTime();
        Event event = events.poll(stall.toNanos(), TimeUnit.NANOSECONDS);
        // Only the waits count: the time in between is the disk's.
        waitedNanos += System.nanoTime() - before;
        if (event == null) {
            throw new HttpTimeoutException("no bytes for " + stall.toMillis() / 1000.0 + " s");
        }
        if (event instanceof Event.Broken broken) {
            throw new IOException("the connection broke: " + broken.cause().getMessage(), broken.cause());
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
                        "%d bytes in %.1f s; allowed are fetch.minimum-bytes-per-second, %d, or more"
                                .formatted(receivedBytes, seconds, minimumBytesPerSecond));
            }
            waitedNanos = 0;
            receivedBytes = 0;
        }
    }

    @Override
    public CompletionStage<Body> getBody() {
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

    /** Gives up what has not come yet. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription source = subscription;
        if (source != null) {
            source.cancel();
        }
    }
}
