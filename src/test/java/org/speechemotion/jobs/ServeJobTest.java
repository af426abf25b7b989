package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.serve.ServeSettings;
import org.speechemotion.serve.Service;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.TestModel;

/** Compares the service, with a real recogniser, with {@code infer}. */
@Timeout(120)
class ServeJobTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEADER = 44;

    @TempDir
    private Path folder;

    private List<String> settings;
    private Path file;
    private JsonNode inferred;

    @BeforeEach
    void infer() throws IOException {
        TestModel.bundle(7, Settings.ofTexts("encoder.name = log-mel").render())
                .write(folder.resolve("runs/first/model"));
        settings = List.of(
                "model=" + folder.resolve("runs/first/model"),
                "asr.path=" + Folders.path("hubert-ctc"),
                "asr.window-seconds=1",
                "asr.overlap-seconds=0.4",
                "score.window-seconds=1",
                "score.hop-seconds=0.5");
        byte[] clip = DemoClips.wav(1, Emotion.SAD);
        float[] samples = new float[20 * 16_000];
        for (int i = 0; i < samples.length; i++) {
            int from = HEADER + 2 * (i % ((clip.length - HEADER) / 2));
            samples[i] = (short) ((clip[from] & 0xff) | (clip[from + 1] << 8)) / 32_768f;
        }
        file = Files.write(folder.resolve("a.wav"), WavWriter.write(new Waveform(samples, 16_000)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("--json", file.toString()));
        arguments.addAll(settings);
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(new InferJob().execute(arguments.toArray(String[]::new), print, print))
                .isZero();
        inferred = JSON.readTree(out.toByteArray());
        assertThat(inferred.path("words").size()).isGreaterThan(3);
    }

    @Test
    void uploadsAndStreamsHaveTheWordsOfTheFile() throws Exception {
        Settings all = Settings.load(List.of(), settings);
        ServeSettings serve = all.with("serve.port", 0).bind("serve", ServeSettings.class);
        try (Service service = new Service(serve, () -> ServeJob.open(all), Optional.empty(), line -> {})) {
            String address = "127.0.0.1:" + service.address().getPort();
            HttpClient http = HttpClient.newHttpClient();
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + "/v1/score?name=" + file))
                            .POST(HttpRequest.BodyPublishers.ofFile(file))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertAlike(JSON.readTree(answer.body()), inferred);

            Events events = new Events();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://" + address + "/v1/stream"), events)
                    .join();
            socket.sendText("{\"type\":\"start\",\"sample_rate\":16000}", true).join();
            byte[] pcm = Files.readAllBytes(file);
            for (int from = HEADER; from < pcm.length; from += 7777) {
                socket.sendBinary(ByteBuffer.wrap(pcm, from, Math.min(7777, pcm.length - from)), true)
                        .join();
            }
            socket.sendText("{\"type\":\"end\"}", true).join();
            events.closed.get(60, TimeUnit.SECONDS);
            List<JsonNode> words = new ArrayList<>();
            events.of("words").forEach(event -> event.path("words").forEach(words::add));
            assertThat(words).hasSameSizeAs(inferred.path("words"));
            for (int i = 0; i < words.size(); i++) {
                JsonNode expected = inferred.path("words").get(i);
                for (String key : List.of("word", "start_s", "end_s")) {
                    assertThat(words.get(i).path(key)).isEqualTo(expected.path(key));
                }
            }
            assertThat(events.of("words").size())
                    .as("words come before the end")
                    .isGreaterThan(1);
            assertAlike(events.of("end").get(0).path("result"), inferred);
        }
    }

    /** The same words and times, and figures that differ by rounding. */
    private static void assertAlike(JsonNode found, JsonNode expected) {
        assertThat(found.fieldNames()).toIterable().containsExactlyElementsOf(expected::fieldNames);
        assertThat(found.path("text")).isEqualTo(expected.path("text"));
        assertThat(found.path("words")).isEqualTo(expected.path("words"));
        assertThat(found.path("timeline")).hasSameSizeAs(expected.path("timeline"));
        for (int i = 0; i < expected.path("timeline").size(); i++) {
            JsonNode segment = found.path("timeline").get(i);
            assertThat(segment.path("text"))
                    .isEqualTo(expected.path("timeline").get(i).path("text"));
            assertThat(segment.path("confidence").asDouble())
                    .isCloseTo(
                            expected.path("timeline").get(i).path("confidence").asDouble(), within(1e-5));
        }
    }

    private static final class Events implements WebSocket.Listener {
        private final List<JsonNode> all = Collections.synchronizedList(new ArrayList<>());
        private final CompletableFuture<Void> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    all.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    closed.completeExceptionally(e);
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(null);
            return null;
        }

        List<JsonNode> of(String kind) {
            return List.copyOf(all).stream()
                    .filter(event -> event.path("event").asText().equals(kind))
                    .toList();
        }
    }
}
