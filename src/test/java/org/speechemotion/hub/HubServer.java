package org.speechemotion.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A hub on the loopback address: honest, but for the misdeeds that a test asks for. */
public final class HubServer implements AutoCloseable {
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** Answers one request for a file. */
    interface Misdeed {
        void answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    /** A request as it came. */
    record Seen(String path, Headers headers) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.getFirst(name));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, Queue<Misdeed>> misdeeds = new HashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    public HubServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    HubServer put(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    HubServer put(String name, String content) {
        return put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Serves the files of a folder. */
    public HubServer putAll(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return this;
    }

    /** The next requests for the file are answered so, one each. */
    HubServer next(String name, Misdeed... answers) {
        misdeeds.computeIfAbsent(name, absent -> new ArrayDeque<>()).addAll(List.of(answers));
        return this;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    List<Seen> seen(String name) {
        return seen.stream().filter(one -> one.path().endsWith("/" + name)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Headers headers = new Headers();
        headers.putAll(exchange.getRequestHeaders());
        seen.add(new Seen(path, headers));
        String name = path.substring(path.lastIndexOf('/') + 1);
        byte[] content = files.get(name);
        Misdeed misdeed = misdeeds.getOrDefault(name, new ArrayDeque<>()).poll();
        try (exchange) {
            if (misdeed != null) {
                misdeed.answer(exchange, content);
            } else if (content == null) {
                exchange.getResponseHeaders().set("X-Error-Code", "EntryNotFound");
                exchange.sendResponseHeaders(404, -1);
            } else {
                serve(exchange, content, quoted(gitBlob(content)));
            }
        }
    }

    /** Answers like a hub, with the commit, an entity tag and ranges. */
    static void serve(HttpExchange exchange, byte[] content, String tag) throws IOException {
        Headers head = exchange.getResponseHeaders();
        head.set("X-Repo-Commit", COMMIT);
        head.set("ETag", tag);
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        if (range == null || (condition != null && !condition.equals(tag))) {
            send(exchange, 200, content, content.length);
            return;
        }
        int first = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        if (first >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        head.set("Content-Range", "bytes " + first + "-" + (content.length - 1) + "/" + content.length);
        send(exchange, 206, Arrays.copyOfRange(content, first, content.length), content.length - first);
    }

    static void send(HttpExchange exchange, int status, byte[] body, long announced) throws IOException {
        exchange.sendResponseHeaders(status, announced);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
    }

    /** Sends so many bytes more and, once they were received, ends the connection: it would take them with it. */
    static Misdeed breakAfter(int bytes, Received received) {
        return (exchange, content) -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int first = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            Headers head = exchange.getResponseHeaders();
            head.set("ETag", quoted(gitBlob(content)));
            head.set("Content-Range", "bytes " + first + "-" + (content.length - 1) + "/" + content.length);
            send(
                    exchange,
                    first == 0 ? 200 : 206,
                    Arrays.copyOfRange(content, first, first + bytes),
                    content.length - first);
            received.await(first + bytes);
        };
    }

    /** Sends the whole content with these headers, regardless of the requested range. */
    static Misdeed whole(String... headers) {
        return (exchange, content) -> {
            set(exchange, headers);
            send(exchange, 200, content, content.length);
        };
    }

    static Misdeed status(int status, String... headers) {
        return (exchange, content) -> {
            set(exchange, headers);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    static Misdeed redirect(String location, String... headers) {
        return (exchange, content) -> {
            set(exchange, headers);
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** Sends so many bytes of a size, then nothing, with the connection open. */
    Misdeed stallAfter(int bytes, long size) {
        return (exchange, content) -> {
            exchange.getResponseHeaders().set("ETag", quoted(gitBlob(content)));
            send(exchange, 200, Arrays.copyOf(content, bytes), size);
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Sends one byte of a size at a time, and never stalls. */
    Misdeed trickle(Duration pause, long size) {
        return (exchange, content) -> {
            exchange.getResponseHeaders().set("ETag", quoted(gitBlob(content)));
            exchange.sendResponseHeaders(200, size);
            try {
                for (int i = 0; i < content.length && !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS); i++) {
                    exchange.getResponseBody().write(content[i]);
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Never stops sending. */
    static Misdeed endless() {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[8192]);
            }
        };
    }

    private static void set(HttpExchange exchange, String... headers) {
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            exchange.getResponseHeaders().set(parts[0], parts[1]);
        }
    }

    static String quoted(String tag) {
        return '"' + tag + '"';
    }

    static String gitBlob(byte[] content) {
        return digest("SHA-1", ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII), content);
    }

    static String sha256(byte[] content) {
        return digest("SHA-256", new byte[0], content);
    }

    private static String digest(String algorithm, byte[] prefix, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(prefix);
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
