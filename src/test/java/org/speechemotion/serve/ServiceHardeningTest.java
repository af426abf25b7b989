package org.speechemotion.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.speechemotion.serve.ServiceFixture.RATE;
import static org.speechemotion.serve.ServiceFixture.SETTINGS;
import static org.speechemotion.serve.ServiceFixture.pcm;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.audio.PcmWav;

/** The service with slow clients, wrong tokens and a model that is lost, and its stop. */
@Timeout(60)
class ServiceHardeningTest {
    private static final String HANDSHAKE =
            "GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private ServiceFixture fixture = new ServiceFixture(SETTINGS, Optional.empty());

    @AfterEach
    void close() {
        fixture.gate.release(100);
        fixture.close();
    }

    private void restart(ServeSettings settings, Optional<String> token) {
        fixture.close();
        fixture = new ServiceFixture(settings, token);
    }

    @Test
    void aFailedReloadKeepsTheModelAndReturnsTheReason() throws Exception {
        fixture.broken.set(true);
        HttpResponse<String> answer = fixture.post("/v1/reload", new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("the present one stays: model.json is damaged");
        assertThat(fixture.log).anyMatch(line -> line.contains("\"failure\":\"model.json is damaged\""));
        assertThat(fixture.get("/v1/model").body()).contains("tiny-0");
        assertThat(fixture.post("/v1/score", PcmWav.of(pcm(RATE, 1, 1), RATE, 1))
                        .statusCode())
                .isEqualTo(200);
        fixture.broken.set(false);
        assertThat(fixture.post("/v1/reload", new byte[0]).body()).contains("tiny-1");
    }

    /** A body that stops, one that never ends, and a form that never ends. */
    @ParameterizedTest
    @CsvSource({"'', false", "'', true", "'Content-Type: multipart/form-data; boundary=XX\r\n', true"})
    void slowUploadsAreEndedInTimeWithoutHoldingAThread(String header, boolean goesOn) throws Exception {
        restart(
                ServiceFixture.settings("maximum-requests=1", "maximum-queued=0", "request-seconds=1"),
                Optional.empty());
        try (Socket socket = new RawHttp(fixture.service).connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n" + header + "\r\n")
                    .getBytes(US_ASCII));
            out.write("--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.wav\"\r\n\r\n"
                    .getBytes(US_ASCII));
            AtomicBoolean feeds = new AtomicBoolean(goesOn);
            CompletableFuture<Void> feeding = CompletableFuture.runAsync(() -> {
                try {
                    while (feeds.get()) {
                        out.write(0);
                        Thread.sleep(50);
                    }
                } catch (IOException | InterruptedException closed) {
                    // The service has closed the connection.
                }
            });
            assertThat(RawHttp.status(socket.getInputStream())).isEqualTo(408);
            // The only place for requests is free soon after the answer, although the client continues to send.
            int status = 429;
            for (int attempt = 0; status == 429 && attempt < 100; attempt++) {
                Thread.sleep(attempt == 0 ? 0 : 50);
                status = fixture.post("/v1/score", PcmWav.of(pcm(RATE, 1, 1), RATE, 1))
                        .statusCode();
            }
            assertThat(status).isEqualTo(200);
            feeds.set(false);
            feeding.join();
        }
        assertThat(fixture.log).anyMatch(line -> line.contains("\"status\":408"));
    }

    @Test
    void clientsThatDoNotReadAreDisconnected() throws Exception {
        restart(ServiceFixture.settings("idle-seconds=1"), Optional.empty());
        byte[] audio = frame(2, pcm(RATE, 1, 10));
        int sent = 0;
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.setSendBufferSize(4096);
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), fixture.service.address().getPort()));
            OutputStream out = socket.getOutputStream();
            out.write((HANDSHAKE + "\r\n").getBytes(US_ASCII));
            out.write(frame(
                    1, "{\"type\":\"start\",\"sample_rate\":%d}".formatted(RATE).getBytes(US_ASCII)));
            while (sent < 1000) {
                out.write(audio);
                sent++;
            }
        } catch (IOException disconnected) {
            // The service has closed the connection.
        }
        assertThat(sent).as("pieces of ten seconds").isBetween(1, 500);
        while (!fixture.get("/metrics").body().contains("emotion_streams 0\n")) {
            Thread.sleep(20);
        }
        assertThat(fixture.connect().start(RATE, 1, "").end().closed()).isEqualTo(1000);
    }

    /** A client that is slow, but reads, gets everything. */
    @Test
    void aSlowReaderLosesNothing() throws Exception {
        ServiceFixture.Client client = fixture.connect().start(RATE, 1, "").audio(pcm(RATE, 1, 50), 100_000);
        client.end();
        assertThat(client.closed()).isEqualTo(1000);
        assertThat(client.events("window")).hasSize(99);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: \r\n",
                "Authorization: Bearer\r\n",
                "Authorization: Bearer \r\n",
                "Authorization: Bearer other\r\n",
                "Authorization: Bearer secret2\r\n",
                "Authorization: Bearer SECRET\r\n",
                "Authorization: Bearersecret\r\n",
                "Authorization: secret\r\n",
                "Authorization: Basic c2VjcmV0\r\n",
                "Authorization: Basic secret\r\n",
                "X-Token: secret\r\nCookie: token=secret\r\n"
            })
    void wrongTokensAreRefused(String header) throws Exception {
        restart(SETTINGS, Optional.of("secret"));
        for (String path : new String[] {"/v1/model", "/v1/model?token=secret&access_token=secret", "/metrics"}) {
            assertThat(status("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n"))
                    .isEqualTo(401);
        }
        assertThat(status("POST /v1/score?token=secret HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n" + header
                        + "\r\n"))
                .isEqualTo(401);
        assertThat(status("POST /v1/reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n" + header + "\r\n"))
                .isEqualTo(401);
        assertThat(fixture.log).noneMatch(line -> line.contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer secret", "bearer secret", "BEARER  secret "})
    void theRightTokenIsAccepted(String value) throws Exception {
        restart(SETTINGS, Optional.of("secret"));
        String header = "Host: localhost\r\nAuthorization: " + value + "\r\n\r\n";
        assertThat(status("GET /v1/model HTTP/1.1\r\n" + header)).isEqualTo(200);
        try (Socket socket = new RawHttp(fixture.service).connect()) {
            OutputStream out = socket.getOutputStream();
            out.write((HANDSHAKE + "Authorization: " + value + "\r\n\r\n").getBytes(US_ASCII));
            out.write(frame(
                    1, "{\"type\":\"start\",\"sample_rate\":%d}".formatted(RATE).getBytes(US_ASCII)));
            assertThat(RawHttp.status(socket.getInputStream())).isEqualTo(101);
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\"event\"") < 0) {
                text.append((char) socket.getInputStream().read());
            }
            assertThat(text.append(new String(socket.getInputStream().readNBytes(8), US_ASCII)))
                    .contains("\"ready\"");
        }
    }

    @Test
    void stoppingFinishesRunningUploadsOnly() throws Exception {
        byte[] file = PcmWav.of(pcm(RATE, 1, 3), RATE, 1);
        fixture.gate.acquire();
        CompletableFuture<HttpResponse<String>> begun = fixture.http.sendAsync(
                fixture.request("/v1/score")
                        .POST(BodyPublishers.ofByteArray(file))
                        .build(),
                BodyHandlers.ofString());
        while (fixture.gate.getQueueLength() == 0) {
            Thread.sleep(5);
        }
        CompletableFuture<Void> stop = CompletableFuture.runAsync(fixture::close);
        while (fixture.get("/readyz").statusCode() == 200) {
            Thread.sleep(5);
        }
        assertThat(fixture.post("/v1/score", file).statusCode()).isEqualTo(503);
        assertThat(status(HANDSHAKE + "\r\n")).isEqualTo(503);
        assertThat(begun).isNotDone();
        assertThat(stop).isNotDone();
        fixture.gate.release();
        assertThat(begun.get().statusCode()).isEqualTo(200);
        assertThat(ServiceFixture.json(begun.get().body()).path("duration_s").asDouble())
                .isEqualTo(3);
        stop.get();
    }

    @Test
    void excessUploadsAreRejected() throws Exception {
        restart(ServiceFixture.settings("maximum-requests=1", "maximum-queued=0"), Optional.empty());
        byte[] file = PcmWav.of(pcm(RATE, 1, 3), RATE, 1);
        fixture.gate.acquire();
        CompletableFuture<HttpResponse<String>> begun = fixture.http.sendAsync(
                fixture.request("/v1/score")
                        .POST(BodyPublishers.ofByteArray(file))
                        .build(),
                BodyHandlers.ofString());
        while (fixture.gate.getQueueLength() == 0) {
            Thread.sleep(5);
        }
        HttpResponse<String> refused = fixture.post("/v1/score", file);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        fixture.gate.release();
        assertThat(begun.get().statusCode()).isEqualTo(200);
        while (fixture.post("/v1/score", file).statusCode() == 429) {
            Thread.sleep(5);
        }
    }

    @Test
    void uploadsLeaveNoFiles() throws Exception {
        fixture.gate.acquire();
        CompletableFuture<HttpResponse<String>> begun = fixture.http.sendAsync(
                fixture.request("/v1/score")
                        .POST(BodyPublishers.ofByteArray(PcmWav.of(pcm(RATE, 1, 3), RATE, 1)))
                        .build(),
                BodyHandlers.ofString());
        while (fixture.gate.getQueueLength() == 0) {
            Thread.sleep(5);
        }
        assertThat(uploads()).isEqualTo(1);
        fixture.gate.release();
        begun.get();
        while (uploads() > 0) {
            Thread.sleep(5);
        }
        fixture.close();
        assertThat(fixture.service.folder()).doesNotExist();
    }

    private long uploads() throws IOException {
        try (Stream<Path> files = Files.list(fixture.service.folder())) {
            return files.count();
        }
    }

    private int status(String request) throws IOException {
        return new RawHttp(fixture.service).status(request);
    }

    /** A frame of a client, whose mask is 0. */
    private static byte[] frame(int opcode, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(0x80 | opcode);
        out.writeByte(0x80 | 127);
        out.writeLong(content.length);
        out.writeInt(0);
        out.write(content);
        return bytes.toByteArray();
    }
}
