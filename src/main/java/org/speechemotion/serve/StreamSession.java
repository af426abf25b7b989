package org.speechemotion.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.speechemotion.audio.Channels;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.StrictJson;
import org.speechemotion.live.LiveEvent;
import org.speechemotion.live.LiveSettings;
import org.speechemotion.live.LiveStream;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;
import org.xnio.IoUtils;

/**
 * A live stream over a WebSocket: a start message, audio in binary messages, an end message; events go back. The socket is not
 * read while too many windows or events wait, and it is closed if the client does not read its events in time.
 *
 * <p>The state belongs to the I/O thread of the socket, which calls the methods unless they say otherwise. Other threads give it
 * tasks and hold no lock of Undertow's: its callbacks come under locks that sending takes too.
 */
final class StreamSession extends AbstractReceiveListener {
    static final int MAX_AUDIO_BYTES = 1 << 20;
    private static final int MAX_TEXT_BYTES = 4096;
    /** The number of events that a client has not read, above which it is not listened to. */
    private static final int UNSENT = 100;

    /** The number above which it is disconnected; one message of audio may give many events. */
    private static final int MAX_UNSENT = 10_000;

    private final WebSocketChannel socket;
    private final CurrentModel models;
    private final ServeSettings settings;
    private final AccessControl access;
    private final boolean authorised;
    private final Metrics metrics;
    private final Runnable onEnd;
    private final AtomicInteger unsent = new AtomicInteger();
    private ServedModel model;
    private LiveStream stream;
    private boolean waitsForReader;
    private boolean finishing;
    private boolean ended;

    /**
     * Begins a session.
     *
     * @param authorised whether the handshake had the token; otherwise the start message must have it
     * @param onEnd the action at the end, which is run once
     */
    StreamSession(
            WebSocketChannel socket,
            CurrentModel models,
            ServeSettings settings,
            AccessControl access,
            boolean authorised,
            Metrics metrics,
            Runnable onEnd) {
        this.socket = socket;
        this.models = models;
        this.settings = settings;
        this.access = access;
        this.authorised = authorised;
        this.metrics = metrics;
        this.onEnd = onEnd;
    }

    @Override
    protected long getMaxTextBufferSize() {
        return MAX_TEXT_BYTES;
    }

    @Override
    protected long getMaxBinaryBufferSize() {
        return MAX_AUDIO_BYTES;
    }

    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
        JsonNode json;
        try {
            json = StrictJson.object(message.getData().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            refuse("a text message is not a JSON object");
            return;
        }
        switch (json.path("type").asText()) {
            case "start" -> start(json);
            case "end" -> finish();
            default -> refuse("the type of a message is not start or end");
        }
    }

    private void start(JsonNode json) {
        if (stream != null || ended) {
            refuse("the stream has begun already");
            return;
        }
        if (!authorised && !access.isAllowed(json.path("token").asText())) {
            refuse("a token is needed");
            return;
        }
        try {
            StartMessage message = StartMessage.of(json);
            model = models.acquire();
            RecordingSettings recordings =
                    model.recordings().withLimits(settings.maximumSeconds(), settings.maximumBytes());
            stream = new LiveStream(
                    message.format(),
                    model.audio(),
                    message.separate() ? recordings.withChannels(Channels.EACH) : recordings,
                    new LiveSettings(message.overload(), settings.maxWaiting()),
                    model.scorer(),
                    model.transcriber(),
                    this::send);
        } catch (IllegalArgumentException | RejectedException e) {
            refuse(e.getMessage());
            return;
        }
        Map<String, Object> ready = new LinkedHashMap<>();
        ready.put("event", "ready");
        ready.put("model_id", model.description().get("model_id"));
        ready.put("window_s", model.recordings().windowSeconds());
        ready.put("hop_s", model.recordings().hopSeconds());
        send(Json.text(ready));
    }

    @Override
    @SuppressWarnings("deprecation") // Undertow's own type
    protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
        var data = message.getData();
        try {
            if (stream == null || finishing) {
                refuse("audio comes before the start message or after the end message");
                return;
            }
            for (ByteBuffer piece : data.getResource()) {
                stream.accept(piece);
            }
        } finally {
            data.free();
        }
        socket.suspendReceives();
        stream.whenRoom(() -> inThread(this::resume));
    }

    /** Listens to the client again, now or when it has read its events. */
    private void resume() {
        waitsForReader = unsent.get() > UNSENT;
        if (!waitsForReader) {
            socket.resumeReceives();
        }
    }

    private void sent() {
        unsent.decrementAndGet();
        if (waitsForReader) {
            resume();
        }
    }

    /** Runs a task in the thread of the socket, after those that it has been given before. Any thread may call this. */
    private void inThread(Runnable task) {
        try {
            socket.getIoThread().execute(task);
        } catch (RejectedExecutionException stopped) {
            task.run();
        }
    }

    /** Ends the stream: its result follows, and then the socket is closed. Any thread may call this. */
    void stop() {
        inThread(this::finish);
    }

    private void finish() {
        if (stream == null) {
            refuse("the stream has not begun");
        } else if (!finishing) {
            finishing = true;
            // The session ends when the client has answered the close, so that a stop does not cut the result off.
            var unused = stream.finish().whenComplete((result, failure) -> {
                if (failure != null) {
                    fail("the model failed", CloseMessage.UNEXPECTED_ERROR);
                } else {
                    close(CloseMessage.NORMAL_CLOSURE);
                }
            });
        }
    }

    /** Closes a socket whose start message has not come in time. */
    void expireUnlessBegun() {
        if (stream == null && !ended) {
            refuse("the start message has not come in time");
        }
    }

    private void refuse(String message) {
        fail(message, CloseMessage.MSG_VIOLATES_POLICY);
        cancel();
    }

    private void fail(String message, int code) {
        send(Json.text(Map.of("event", "error", "message", message)));
        close(code);
    }

    private void close(int code) {
        inThread(() -> WebSockets.sendClose(code, "", socket, null));
    }

    private void send(LiveEvent event) {
        if (event instanceof LiveEvent.Window) {
            metrics.windows.increment();
        } else if (event instanceof LiveEvent.Skipped) {
            metrics.skipped.increment();
        } else if (event instanceof LiveEvent.End end) {
            metrics.audioMilliseconds.add(end.result()
                    .fold((ScoredRecording scored) -> (long) (1000 * scored.durationSeconds()), rejection -> 0L));
        }
        Json.event(event, model).ifPresent(this::send);
    }

    private void send(String text) {
        boolean tooMany = unsent.incrementAndGet() > MAX_UNSENT;
        inThread(() -> {
            if (tooMany) {
                IoUtils.safeClose(socket);
            } else {
                WebSockets.sendText(text, socket, new Sent(), 1000L * settings.idleSeconds());
            }
        });
    }

    /** Counts an event that was sent, or closes the socket. Undertow calls it under locks, in any thread. */
    private final class Sent implements WebSocketCallback<Void> {
        @Override
        public void complete(WebSocketChannel channel, Void context) {
            inThread(StreamSession.this::sent);
        }

        @Override
        public void onError(WebSocketChannel channel, Void context, Throwable failure) {
            inThread(() -> IoUtils.safeClose(socket));
        }
    }

    @Override
    protected void onError(WebSocketChannel channel, Throwable failure) {
        super.onError(channel, failure);
        inThread(this::cancel);
    }

    @Override
    protected void onCloseMessage(CloseMessage message, WebSocketChannel channel) {
        inThread(this::cancel);
    }

    /** Ends a stream whose client is gone. Any thread may call this. */
    void gone() {
        inThread(this::cancel);
    }

    private void cancel() {
        if (stream != null && !finishing) {
            stream.cancel();
        }
        end();
    }

    private void end() {
        if (!ended) {
            ended = true;
            if (model != null) {
                model.release();
            }
            onEnd.run();
        }
    }
}
