package org.speechemotion.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven by the DevTools protocol. */
final class Browser implements AutoCloseable, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The errors, warnings and exceptions on the console of the page. */
    final List<String> complaints = new CopyOnWriteArrayList<>();

    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private final Process process;
    private final WebSocket socket;
    private String session = "";
    private int calls;

    /** The browser on the path, if there is one. */
    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts a browser whose microphone plays a file over and over.
     *
     * @param profile an empty folder
     */
    Browser(Path program, Path profile, Path microphone) throws Exception {
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--use-file-for-fake-audio-capture=" + microphone,
                        "--autoplay-policy=no-user-gesture-required",
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String address = null;
        for (String line = lines.readLine(); address == null && line != null; line = lines.readLine()) {
            address = line.startsWith("DevTools listening on ") ? line.substring(22) : null;
        }
        if (address == null) {
            throw new IOException("the browser did not start");
        }
        Thread drain = new Thread(() -> lines.lines().forEach(line -> {}));
        drain.setDaemon(true);
        drain.start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), this)
                .join();
        String target = call("Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
        call("DOM.enable", Map.of());
    }

    JsonNode call(String method, Map<String, Object> parameters) throws Exception {
        int id = ++calls;
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        Map<String, Object> message = session.isEmpty()
                ? Map.of("id", id, "method", method, "params", parameters)
                : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
        socket.sendText(JSON.writeValueAsString(message), true).join();
        JsonNode found = answer.get(60, TimeUnit.SECONDS);
        if (found.has("error")) {
            throw new IllegalStateException(method + ": " + found.path("error"));
        }
        return found.path("result");
    }

    /** Evaluates an expression in the page, which may be a promise. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode found = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (found.has("exceptionDetails")) {
            throw new IllegalStateException(found.path("exceptionDetails").toString());
        }
        return found.path("result").path("value");
    }

    /** Waits until an expression is true, for half a minute. */
    void await(String expression) throws Exception {
        for (int i = 0; i < 300; i++) {
            if (evaluate(expression).asBoolean()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("never true: " + expression + "; status: "
                + evaluate("document.getElementById('status').textContent") + "; complaints: " + complaints);
    }

    /** Chooses a file in an input of type {@code file}. */
    void choose(String selector, Path file) throws Exception {
        int root = call("DOM.getDocument", Map.of()).path("root").path("nodeId").asInt();
        int input = call("DOM.querySelector", Map.of("nodeId", root, "selector", selector))
                .path("nodeId")
                .asInt();
        call("DOM.setFileInputFiles", Map.of("files", List.of(file.toString()), "nodeId", input));
    }

    void resize(int width, int height, String scheme) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        Thread.sleep(300);
    }

    void screenshot(Path file) throws Exception {
        JsonNode image = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(image.path("data").asText()));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            try {
                take(JSON.readTree(text.toString()));
            } catch (IOException e) {
                complaints.add(e.toString());
            }
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(JsonNode message) {
        String method = message.path("method").asText();
        String type = message.path("params").path("type").asText();
        String level = message.path("params").path("entry").path("level").asText();
        if (message.has("id")) {
            answers.remove(message.path("id").asInt()).complete(message);
        } else if (method.equals("Runtime.exceptionThrown")
                || (method.equals("Runtime.consoleAPICalled") && (type.equals("error") || type.equals("warning")))
                || (method.equals("Log.entryAdded") && level.equals("error"))) {
            complaints.add(message.path("params").toString());
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
