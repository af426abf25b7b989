package org.speechemotion.serve;

import io.undertow.server.HttpHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** The page and the description of the interface, which are files of the program. */
final class Pages {
    /** The handler of each path. */
    static final Map<String, HttpHandler> FILES = Map.of(
            "/", file("index.html", "text/html; charset=utf-8"),
            "/app.js", file("app.js", "text/javascript; charset=utf-8"),
            "/recorder.js", file("recorder.js", "text/javascript; charset=utf-8"),
            "/style.css", file("style.css", "text/css; charset=utf-8"),
            "/openapi.json", file("openapi.json", "application/json"));

    private Pages() {}

    private static HttpHandler file(String name, String type) {
        byte[] content;
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            content = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
            exchange.getResponseSender().send(ByteBuffer.wrap(content));
        };
    }
}
