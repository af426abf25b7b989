package org.speechemotion.serve;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.common.TemporaryFiles;
import org.xnio.Options;

/** The service: routes, limits, log and life cycle. It is thread-safe. */
public final class Service implements AutoCloseable {
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:;"
            + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private static final Set<String> ROUTES = Set.of(
            "/",
            "/v1/score",
            "/v1/stream",
            "/v1/model",
            "/v1/reload",
            "/healthz",
            "/readyz",
            "/metrics",
            "/openapi.json");
    private static final int KIB = 1024;
    /** The size of the kernel's buffer of bytes that a client has not read; the default grows to several MB. */
    private static final int SEND_BUFFER = 64 * KIB;
    /** The prefix of the folder for uploads. */
    private static final String FOLDER = "emotion-serve";

    private final ServeSettings settings;
    private final Consumer<String> log;
    private final Metrics metrics = new Metrics();
    private final CurrentModel models;
    private final Streams streams;
    private final GracefulShutdownHandler running;
    private final Path folder;
    private final Undertow server;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean ready = true;

    /**
     * Opens the model and starts to listen.
     *
     * @param opener opens the model, now and for every {@code POST /v1/reload}
     * @param token the bearer token that requests must have; empty for none
     * @param log the consumer of lines of JSON, one for each answer
     * @throws IllegalArgumentException if other machines could use the service without a token, and that is not allowed
     *     or the port is not free
     */
    public Service(ServeSettings settings, Supplier<ServedModel> opener, Optional<String> token, Consumer<String> log) {
        if (token.isEmpty() && !settings.isLocal() && !settings.allowAnonymous()) {
            throw new IllegalArgumentException("serve.host is " + settings.host()
                    + ", where other machines can reach the service, and there is no token:"
                    + " set the environment variable EMOTION_TOKEN, or serve.allow-anonymous=true");
        }
        this.settings = settings;
        this.log = log;
        try {
            // Uploads that a killed service has left are deleted too.
            folder = TemporaryFiles.createFolder(FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for uploads cannot be created", e);
        }
        models = new CurrentModel(opener);
        AccessControl access = new AccessControl(token, settings.isLocal());
        streams = new Streams(models, settings, access, metrics);
        running = Handlers.gracefulShutdown(routes(access));
        int threads = settings.maximumRequests() + settings.maximumQueued() + 2;
        server = Undertow.builder()
                .addHttpListener(settings.port(), settings.host())
                .setIoThreads(Math.max(2, Runtime.getRuntime().availableProcessors()))
                .setWorkerThreads(threads)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, settings.maximumBytes())
                .setServerOption(UndertowOptions.MULTIPART_MAX_ENTITY_SIZE, settings.maximumBytes() + 64L * KIB)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, 16 * KIB)
                .setServerOption(UndertowOptions.MAX_HEADERS, 100)
                .setServerOption(UndertowOptions.MAX_PARAMETERS, 20)
                .setServerOption(UndertowOptions.IDLE_TIMEOUT, 1000 * settings.idleSeconds())
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, 1000 * settings.idleSeconds())
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, 1000 * settings.idleSeconds())
                .setSocketOption(Options.SEND_BUFFER, SEND_BUFFER)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, true)
                .setHandler(this::answer)
                .build();
        try {
            server.start();
        } catch (RuntimeException e) {
            models.close();
            deleteFolder();
            if (e.getCause() instanceof BindException) {
                throw new IllegalArgumentException(
                        "serve.port is " + settings.port() + " and serve.host is " + settings.host()
                                + ", where the service cannot listen: "
                                + e.getCause().getMessage(),
                        e);
            }
            throw e;
        }
    }

    private RoutingHandler routes(AccessControl access) {
        HttpHandler score = limited(
                settings.maximumRequests() + settings.maximumQueued(),
                Handlers.httpContinueRead(blocking(new ScoreHandler(models, settings, metrics, folder))));
        RoutingHandler routes = Handlers.routing()
                .post("/v1/score", access.authorised(score))
                .get("/v1/stream", access.sameHost(streams.handler()))
                .get("/v1/model", access.authorised(this::model))
                .post("/v1/reload", access.authorised(blocking(this::reload)))
                .get(
                        "/metrics",
                        access.authorised(exchange -> text(exchange, "text/plain; version=0.0.4", metrics.text())))
                .get("/healthz", exchange -> text(exchange, "text/plain", "ok\n"))
                .get("/readyz", this::ready)
                .setInvalidMethodHandler(
                        exchange -> Json.error(exchange, 405, "method", "the method is not allowed here"))
                .setFallbackHandler(
                        exchange -> Json.error(exchange, 404, "not-found", "there is nothing at this path"));
        Pages.FILES.forEach((path, page) -> routes.get(path, access.sameHost(page)));
        return routes;
    }

    /** Wraps a handler for a number of requests at a time. Undertow's RequestLimit cannot do without a queue. */
    private static HttpHandler limited(int requests, HttpHandler handler) {
        Semaphore places = new Semaphore(requests);
        return exchange -> {
            if (!places.tryAcquire()) {
                exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "1");
                exchange.setPersistent(false);
                Json.error(exchange, 429, "busy", "too many requests wait; try again");
                return;
            }
            exchange.addExchangeCompleteListener((answered, next) -> {
                places.release();
                next.proceed();
            });
            handler.handleRequest(exchange);
        };
    }

    /** Wraps a handler that may wait. Its failures are answered without details, which go to the log. */
    private HttpHandler blocking(HttpHandler handler) {
        return new BlockingHandler(exchange -> {
            try {
                handler.handleRequest(exchange);
            } catch (Exception | Error e) {
                failed(exchange, e);
            }
        });
    }

    private void logFailure(HttpServerExchange exchange, Throwable failure) {
        Map<String, Object> line = line(exchange);
        line.put("failure", FailureMessage.of(failure));
        log.accept(Json.text(line));
    }

    private void failed(HttpServerExchange exchange, Throwable failure) {
        logFailure(exchange, failure);
        if (!exchange.isResponseStarted()) {
            exchange.setPersistent(false);
            Json.error(exchange, StatusCodes.INTERNAL_SERVER_ERROR, "internal", "the request failed; see the log");
        }
    }

    private void answer(HttpServerExchange exchange) throws Exception {
        long start = System.nanoTime();
        exchange.addExchangeCompleteListener((answered, next) -> {
            long nanos = System.nanoTime() - start;
            String path = answered.getRequestPath();
            metrics.answered(ROUTES.contains(path) ? path : "other", answered.getStatusCode(), nanos);
            Map<String, Object> line = line(answered);
            line.put("status", answered.getStatusCode());
            line.put("bytes", answered.getResponseBytesSent());
            line.put("milliseconds", nanos / 1_000_000);
            log.accept(Json.text(line));
            next.proceed();
        });
        exchange.getResponseHeaders()
                .put(new HttpString("X-Content-Type-Options"), "nosniff")
                .put(new HttpString("Content-Security-Policy"), POLICY)
                .put(new HttpString("Referrer-Policy"), "no-referrer")
                .put(Headers.CACHE_CONTROL, "no-store");
        running.handleRequest(exchange);
    }

    /** Returns the request in the log: neither its query nor its body. */
    private static Map<String, Object> line(HttpServerExchange exchange) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", Instant.now().toString());
        line.put("client", exchange.getSourceAddress().getAddress().getHostAddress());
        line.put("method", exchange.getRequestMethod().toString());
        line.put("path", exchange.getRequestPath());
        return line;
    }

    private void model(HttpServerExchange exchange) {
        ServedModel model = models.acquire();
        try {
            Json.send(exchange, 200, Json.text(model.description()));
        } finally {
            model.release();
        }
    }

    private void reload(HttpServerExchange exchange) {
        ServedModel model;
        try {
            model = models.reload();
        } catch (RuntimeException e) {
            logFailure(exchange, e);
            Json.error(
                    exchange,
                    500,
                    "model",
                    "the model could not be opened, so the present one stays: " + FailureMessage.of(e));
            return;
        }
        Json.send(exchange, 200, Json.text(model.description()));
    }

    private void ready(HttpServerExchange exchange) {
        exchange.setStatusCode(ready ? 200 : 503);
        text(exchange, "text/plain", ready ? "ready\n" : "stopping\n");
    }

    private static void text(HttpServerExchange exchange, String type, String text) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
        exchange.getResponseSender().send(text);
    }

    /** Returns the folder for uploads. */
    Path folder() {
        return folder;
    }

    /** Returns the address at which the service listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    }

    /** Stops: nothing new is accepted, streams end with their results, and running requests are finished if they are in time. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        ready = false;
        running.shutdown();
        long end = System.nanoTime() + 1_000_000_000L * settings.stopSeconds();
        try {
            streams.finish(end);
            running.awaitShutdown(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
        models.close();
        deleteFolder();
    }

    private void deleteFolder() {
        try {
            TemporaryFiles.delete(folder);
        } catch (IOException e) {
            log.accept(Json.text(Map.of("time", Instant.now().toString(), "failure", FailureMessage.of(e))));
        }
    }
}
