package org.speechemotion.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.speechemotion.serve.ServiceFixture.RATE;
import static org.speechemotion.serve.ServiceFixture.SETTINGS;
import static org.speechemotion.serve.ServiceFixture.pcm;
import static org.speechemotion.serve.ServiceFixture.score;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.audio.Channels;
import org.speechemotion.audio.PcmWav;

@Timeout(60)
class ServiceTest {
    private ServiceFixture fixture = new ServiceFixture(SETTINGS, Optional.empty());

    @AfterEach
    void close() {
        fixture.close();
    }

    private void restart(ServeSettings settings, Optional<String> token) {
        fixture.close();
        fixture = new ServiceFixture(settings, token);
    }

    @Test
    void uploadsAreScoredLikeFiles() throws Exception {
        byte[] file = PcmWav.of(pcm(44_100, 2, 4.2), 44_100, 2);
        HttpResponse<String> answer = fixture.post("/v1/score?name=call.wav", file);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode found = ServiceFixture.json(answer.body());
        assertThat(found.path("path").asText()).isEqualTo("call.wav");
        assertAlike(found, score(file, Channels.MIX));
        assertAlike(
                ServiceFixture.json(
                        fixture.post("/v1/score?channels=each", file).body()),
                score(file, Channels.EACH));
        HttpResponse<String> form = fixture.send(fixture.request("/v1/score")
                .header("Content-Type", "multipart/form-data; boundary=XX")
                .POST(BodyPublishers.ofByteArray(ServiceFixture.form(file))));
        assertThat(form.statusCode()).isEqualTo(200);
        assertAlike(ServiceFixture.json(form.body()), score(file, Channels.MIX));
    }

    @Test
    void badRequestsGetPlainErrors() throws Exception {
        byte[] file = PcmWav.of(pcm(RATE, 1, 1), RATE, 1);
        HttpResponse<String> garbage = fixture.post("/v1/score", "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(garbage.statusCode()).isEqualTo(422);
        assertThat(ServiceFixture.json(garbage.body()).path("reason").asText()).isEqualTo("unsupported");
        assertThat(fixture.post("/v1/score", new byte[0]).statusCode()).isEqualTo(422);
        assertThat(fixture.post("/v1/score?channels=some", file).statusCode()).isEqualTo(400);
        assertThat(fixture.post("/v1/score?name=" + "x".repeat(300), file).statusCode())
                .isEqualTo(400);
        assertThat(fixture.send(fixture.request("/v1/score")
                                .header("Content-Type", "multipart/form-data; boundary=XX")
                                .POST(BodyPublishers.ofByteArray(ServiceFixture.form(file, file))))
                        .statusCode())
                .isEqualTo(400);
        assertThat(fixture.get("/v1/score").statusCode()).isEqualTo(405);
        assertThat(fixture.get("/v1/nothing").statusCode()).isEqualTo(404);
        // The request declares its length, or has none.
        byte[] large = new byte[(int) SETTINGS.maximumBytes() + 1];
        assertThat(status("POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + large.length + "\r\n\r\n"))
                .isEqualTo(413);
        byte[] silence = PcmWav.of(new byte[2 * RATE * 61], RATE, 1);
        assertThat(ServiceFixture.json(fixture.post("/v1/score", silence).body())
                        .path("reason")
                        .asText())
                .isEqualTo("too-long");
        assertThat(fixture.log).noneMatch(line -> line.contains("xxx") || line.contains("\tat "));
        assertThat(fixture.log)
                .anyMatch(line -> line.contains("\"path\":\"/v1/score\"") && line.contains("\"status\":422"));
    }

    @Test
    void theServiceDescribesItself() throws Exception {
        assertThat(fixture.get("/healthz").body()).isEqualTo("ok\n");
        assertThat(fixture.get("/readyz").body()).isEqualTo("ready\n");
        assertThat(fixture.get("/v1/model").body()).contains("\"model_id\":\"tiny-0\"", "\"window_s\":1");
        JsonNode api = ServiceFixture.json(fixture.get("/openapi.json").body());
        assertThat(api.path("paths").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "/v1/score", "/v1/stream", "/v1/model", "/v1/reload", "/healthz", "/readyz", "/metrics");
        HttpResponse<String> page = fixture.get("/");
        assertThat(page.body()).contains("<title>Speech emotion</title>");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(fixture.get("/metrics").body())
                .contains("emotion_requests_total{route=\"/\",status=\"200\"} 1", "# TYPE emotion_streams gauge");
    }

    @ParameterizedTest
    @ValueSource(ints = {333, 16_000, 1_000_000})
    void streamsAreScoredLikeFiles(int piece) throws Exception {
        byte[] pcm = pcm(16_000, 2, 14.3);
        ServiceFixture.Client client = fixture.connect()
                .start(16_000, 2, ",\"separate\":true")
                .audio(pcm, piece)
                .end();
        assertThat(client.closed()).isEqualTo(1000);
        assertThat(client.events.get(0).path("event").asText()).isEqualTo("ready");
        assertThat(client.events("window")).hasSize(2 * 28);
        assertThat(client.events("segment")).hasSize(2 * 27);
        JsonNode end = client.events.get(client.events.size() - 1);
        assertThat(end.path("event").asText()).isEqualTo("end");
        assertAlike(end.path("result"), score(PcmWav.of(pcm, 16_000, 2), Channels.EACH));
    }

    @Test
    void wrongMessagesCloseTheSocketWithAReason() throws Exception {
        assertThat(refused(fixture.connect().audio(new byte[100], 100))).contains("before the start");
        assertThat(refused(fixture.connect().end())).contains("not begun");
        assertThat(refused(fixture.connect().start(10, 1, ""))).contains("sample rate");
        assertThat(refused(fixture.connect().start(RATE, 1, "").start(RATE, 1, "")))
                .contains("begun already");
        assertThat(refused(fixture.connect().start(RATE, 1, ",\"type\":\"stop\"")))
                .contains("JSON");
        ServiceFixture.Client large = fixture.connect().start(RATE, 1, "");
        large.audio(new byte[StreamSession.MAX_AUDIO_BYTES + 1], StreamSession.MAX_AUDIO_BYTES + 1);
        assertThat(large.closed()).isIn(1009, -1);
        awaitNoStreams();
    }

    private static String refused(ServiceFixture.Client client) throws Exception {
        assertThat(client.closed()).isEqualTo(1008);
        return client.events("error").get(0).path("message").asText();
    }

    @Test
    void lostClientsAreCleanedUpAndExcessOnesRejected() throws Exception {
        List<ServiceFixture.Client> clients = new ArrayList<>();
        for (int i = 0; i < SETTINGS.maximumSockets(); i++) {
            clients.add(fixture.connect().start(RATE, 1, ",\"live\":true").audio(pcm(RATE, 1, 2), 1000));
        }
        assertThat(status("GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"))
                .isEqualTo(429);
        clients.forEach(client -> client.socket.abort());
        awaitNoStreams();
        assertThat(fixture.connect().start(RATE, 1, "").end().closed()).isEqualTo(1000);
    }

    private void awaitNoStreams() throws Exception {
        while (!fixture.get("/metrics").body().contains("emotion_streams 0\n")) {
            Thread.sleep(20);
        }
    }

    @Test
    void aConfiguredTokenIsRequired() throws Exception {
        restart(SETTINGS, Optional.of("secret"));
        String head = "GET /v1/model HTTP/1.1\r\nHost: localhost\r\n";
        assertThat(status(head + "\r\n")).isEqualTo(401);
        assertThat(status(head + "Authorization: Bearer secre\r\n\r\n")).isEqualTo(401);
        assertThat(status(head + "Authorization: Bearer secret\r\n\r\n")).isEqualTo(200);
        assertThat(status("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEqualTo(200);
        assertThat(refused(fixture.connect().start(RATE, 1, ",\"token\":\"other\"")))
                .contains("token");
        assertThat(fixture.connect()
                        .start(RATE, 1, ",\"token\":\"secret\"")
                        .audio(pcm(RATE, 1, 1), 4000)
                        .end()
                        .closed())
                .isEqualTo(1000);
        assertThat(fixture.log).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void otherMachinesNeedATokenAndAPortMustBeFree() {
        ServeSettings open = ServiceFixture.settings("host=0.0.0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceFixture(open, Optional.empty()))
                .withMessageContaining("EMOTION_TOKEN");
        int taken = fixture.service.address().getPort();
        ServeSettings same = ServiceFixture.settings("port=" + taken);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceFixture(same, Optional.empty()))
                .withMessageContaining("serve.port is " + taken);
    }

    @Test
    void pagesOfOtherHostsMayNotUseAServiceOnThisMachine() throws Exception {
        String get = "GET /v1/model HTTP/1.1\r\n";
        assertThat(status(get + "Host: localhost\r\nOrigin: https://example.org\r\n\r\n"))
                .isEqualTo(403);
        assertThat(status(get + "Host: localhost\r\nOrigin: null\r\n\r\n")).isEqualTo(403);
        assertThat(status(get + "Host: localhost\r\nOrigin: http://localhost\r\n\r\n"))
                .isEqualTo(200);
        assertThat(status(get + "Host: example.org\r\n\r\n")).isEqualTo(403);
    }

    @Test
    void reloadsDoNotDisturbStreams() throws Exception {
        ServiceFixture.Client client = fixture.connect().start(RATE, 1, "").audio(pcm(RATE, 1, 2), 4000);
        while (client.events.isEmpty()) {
            Thread.sleep(5);
        }
        assertThat(fixture.post("/v1/reload", new byte[0]).body()).contains("tiny-1");
        assertThat(fixture.get("/v1/model").body()).contains("tiny-1");
        assertThat(client.audio(pcm(RATE, 1, 2), 4000).end().closed()).isEqualTo(1000);
        assertThat(client.events("end").get(0).path("result").path("duration_s").asDouble())
                .isEqualTo(4);
        assertThat(client.events.get(0).path("model_id").asText()).isEqualTo("tiny-0");
    }

    @Test
    void stoppingFinishesRunningWork() throws Exception {
        ServiceFixture.Client client = fixture.connect().start(RATE, 1, "").audio(pcm(RATE, 1, 3), 4000);
        while (client.events("window").size() < 3) {
            Thread.sleep(5);
        }
        fixture.close();
        assertThat(client.closed()).isEqualTo(1000);
        assertThat(client.events("end").get(0).path("result").path("duration_s").asDouble())
                .isEqualTo(3);
    }

    /** Many clients at once, of which half misbehave: the others lose no answer. */
    @Test
    void badClientsDoNotDisturbOthers() throws Exception {
        byte[] file = PcmWav.of(pcm(RATE, 1, 2), RATE, 1);
        JsonNode expected = score(file, Channels.MIX);
        ExecutorService clients = Executors.newFixedThreadPool(16);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int kind = i % 8;
            all.add(clients.submit(() -> {
                switch (kind) {
                    case 0 -> cutOff(file);
                    case 1 -> assertThat(fixture.post("/v1/score", new byte[] {1, 2, 3})
                                    .statusCode())
                            .isIn(422, 429);
                    case 2 -> assertThat(status("GARBAGE\r\n\r\n")).isIn(400, -1);
                    case 3 -> assertThat(status("POST /v1/score HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Content-Length: 99999999999\r\n\r\n"))
                            .isIn(413, 429);
                    default -> assertAlike(
                            ServiceFixture.json(fixture.post("/v1/score", file).body()), expected);
                }
                return null;
            }));
        }
        clients.shutdown();
        assertThat(clients.awaitTermination(50, TimeUnit.SECONDS)).isTrue();
        for (Future<?> one : all) {
            one.get();
        }
        assertThat(fixture.get("/readyz").statusCode()).isEqualTo(200);
    }

    private void cutOff(byte[] file) throws Exception {
        try (Socket socket = new RawHttp(fixture.service).connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + file.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(file, 0, file.length / 2);
        }
    }

    private int status(String request) throws IOException {
        return new RawHttp(fixture.service).status(request);
    }

    private static void assertAlike(JsonNode found, JsonNode expected) {
        assertThat(found.path("status").asText()).as(found.toString()).isEqualTo("ok");
        assertThat(found.path("duration_s").asDouble())
                .isEqualTo(expected.path("duration_s").asDouble());
        assertThat(found.path("happy")).hasSameSizeAs(expected.path("happy"));
        for (int i = 0; i < expected.path("happy").size(); i++) {
            JsonNode value = expected.path("happy").get(i);
            assertThat(found.path("happy").get(i).isNull()).isEqualTo(value.isNull());
            assertThat(found.path("happy").get(i).asDouble()).isCloseTo(value.asDouble(), within(1e-5));
        }
    }
}
