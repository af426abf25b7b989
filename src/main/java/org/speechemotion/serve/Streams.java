package org.speechemotion.serve;

import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.util.Headers;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The live streams that are open, and their limit. It is thread-safe. */
final class Streams {
    private static final int START_SECONDS = 10;

    private final CurrentModel models;
    private final ServeSettings settings;
    private final AccessControl access;
    private final Metrics metrics;
    private final Set<StreamSession> open = ConcurrentHashMap.newKeySet();

    Streams(CurrentModel models, ServeSettings settings, AccessControl access, Metrics metrics) {
        this.models = models;
        this.settings = settings;
        this.access = access;
        this.metrics = metrics;
    }

    /** Returns a handler that opens a stream for each handshake, or answers 429 if there are too many. */
    HttpHandler handler() {
        HttpHandler sockets = Handlers.websocket(this::begin);
        return exchange -> {
            if (metrics.streams.get() >= settings.maximumSockets()) {
                exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "5");
                Json.error(exchange, 429, "busy", "too many streams are open; try again");
            } else {
                sockets.handleRequest(exchange);
            }
        };
    }

    private void begin(WebSocketHttpExchange exchange, WebSocketChannel socket) {
        boolean authorised =
                access.isAllowedHeader(Optional.ofNullable(exchange.getRequestHeader(Headers.AUTHORIZATION_STRING)));
        StreamSession[] self = new StreamSession[1];
        StreamSession session = new StreamSession(socket, models, settings, access, authorised, metrics, () -> {
            open.remove(self[0]);
            metrics.streams.decrementAndGet();
        });
        self[0] = session;
        metrics.streams.incrementAndGet();
        open.add(session);
        socket.getReceiveSetter().set(session);
        socket.addCloseTask(closed -> session.gone());
        socket.getIoThread().executeAfter(session::expireUnlessBegun, START_SECONDS, TimeUnit.SECONDS);
        socket.resumeReceives();
    }

    /**
     * Ends all streams with their results.
     *
     * @param end the time until which they are waited for, as of {@link System#nanoTime}
     */
    void finish(long end) throws InterruptedException {
        List.copyOf(open).forEach(StreamSession::stop);
        while (!open.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
    }
}
