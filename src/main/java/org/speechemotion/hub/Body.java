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
    private volatile Flow.Subscription subscription;
    private volatile boolean closed;

    Body(Duration stall) {
        this.stall = stall;
    }

    /**
     * The next bytes.
     *
     * @return empty at the end
     * @throws HttpTimeoutException if none came in time
     */
    Optional<List<ByteBuffer>> next() throws IOException, InterruptedException {
        Event event = events.poll(stall.toNanos(), TimeUnit.NANOSECONDS);
        if (event == null) {
            throw new HttpTimeoutException("no bytes for " + stall.toMillis() / 1000.0 + " s");
        }
        if (event instanceof Event.Broken broken) {
            throw new IOException("the connection broke: " + broken.cause().getMessage(), broken.cause());
        }
        Optional<List<ByteBuffer>> bytes = ((Event.Piece) event).bytes();
        if (bytes.isPresent()) {
            subscription.request(1);
        }
        return bytes;
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
