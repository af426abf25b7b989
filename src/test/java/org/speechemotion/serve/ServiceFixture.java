package org.speechemotion.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.audio.Channels;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.common.Result;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.live.Transcriber;
import org.speechemotion.live.WindowScorer;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.TinyNetwork;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.LoudnessEncoder;
import org.speechemotion.scoring.Recording;
import org.speechemotion.scoring.RecordingScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.settings.Settings;

/** A service with a tiny model, windows of 1 s every 0.5 s at 8 kHz, and clients for it. */
final class ServiceFixture implements AutoCloseable {
    static final int RATE = 8000;
    static final ServeSettings SETTINGS = settings();
    private static final AudioSettings AUDIO = new AudioSettings(RATE, 0.05, 60, 1 << 20);
    private static final RecordingSettings RECORDINGS =
            RecordingSettings.defaults().withWindows(1, 0.5).withSmoothing(3).withLimits(60, 1 << 20);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The settings of a small service on a free port, with others such as {@code idle-seconds=1}. */
    static ServeSettings settings(String... others) {
        Settings settings = Settings.ofTexts(
                """
                serve {
                  port = 0
                  maximum-bytes = 1048576
                  maximum-seconds = 60
                  maximum-requests = 4
                  maximum-queued = 100
                  maximum-sockets = 3
                  request-seconds = 30
                  idle-seconds = 10
                  max-waiting = 4
                }
                """);
        for (String other : others) {
            int equals = other.indexOf('=');
            settings = settings.with("serve." + other.substring(0, equals), other.substring(equals + 1));
        }
        return settings.bind("serve", ServeSettings.class);
    }

    final List<String> log = new CopyOnWriteArrayList<>();
    /** Whether the model cannot be opened again. */
    final AtomicBoolean broken = new AtomicBoolean();

    /** The model computes only while this can be acquired. */
    final Semaphore gate = new Semaphore(1);

    final HttpClient http = HttpClient.newHttpClient();
    final Service service;
    private final Optional<String> token;
    private final ServedModel.ResultFormat format;
    private final Optional<SpeechRecognizer> recognizer;
    private int opened;

    ServiceFixture(ServeSettings settings, Optional<String> token) {
        this(settings, token, ServiceFixture::format, Optional.empty());
    }

    ServiceFixture(
            ServeSettings settings,
            Optional<String> token,
            ServedModel.ResultFormat format,
            Optional<SpeechRecognizer> recognizer) {
        this.token = token;
        this.format = format;
        this.recognizer = recognizer;
        service = new Service(settings, this::open, token, log::add);
    }

    private ServedModel open() {
        if (broken.get()) {
            throw new IllegalArgumentException("model.json is damaged");
        }
        LoudnessEncoder encoder = new LoudnessEncoder(RATE, 50) {
            @Override
            public List<Frames> encode(List<float[]> waveforms) {
                try {
                    gate.acquire();
                    gate.release();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.encode(waveforms);
            }
        };
        return new ServedModel(
                Map.of("model_id", "tiny-" + opened++, "window_s", 1, "hop_s", 0.5),
                EmotionSet.EIGHT,
                encoder,
                new WindowScorer(encoder, ServiceFixture::model, 16, 2),
                recognizer.map(words -> new Transcriber(words, 2)),
                AUDIO,
                RECORDINGS,
                format,
                0);
    }

    private static EmotionModel model() {
        return new EmotionModel(TinyNetwork.graph(true, 1), TinyNetwork.TIME_MULTIPLE);
    }

    /** The status, the duration, and the probability of one emotion in all segments of all channels. */
    private static String format(String name, Result<ScoredRecording> result) {
        return result.fold(
                scored -> "{\"status\":\"ok\",\"path\":\"%s\",\"duration_s\":%s,\"happy\":[%s]}"
                        .formatted(
                                name,
                                scored.durationSeconds(),
                                scored.channels().stream()
                                        .flatMap(channel -> channel.segments().stream())
                                        .map(segment -> segment.probabilities()
                                                .map(likely -> String.valueOf(likely.of(2)))
                                                .orElse("null"))
                                        .collect(Collectors.joining(","))),
                rejection -> "{\"status\":\"rejected\",\"reason\":\"%s\"}".formatted(rejection.code()));
    }

    /** Returns the result of {@code score} for a file. */
    static JsonNode score(byte[] file, Channels channels) {
        RecordingScorer<String> scorer = new RecordingScorer<>(
                new RecordingReader<>(
                        (AudioSource) (path, maxBytes) -> file, new AudioDecoder(RECORDINGS.audio(AUDIO)), channels),
                ClipBatches.predicting(new LoudnessEncoder(RATE, 50), model(), 16, false),
                RECORDINGS.withChannels(channels));
        return json(format(
                "",
                ((Recording.Finished<String>)
                                scorer.score(List.of("a").iterator()).next())
                        .result()));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(text, e);
        }
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + service.address().getPort() + path));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> post(String path, byte[] body) throws Exception {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** A form with files. */
    static byte[] form(byte[]... files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] file : files) {
            out.writeBytes("--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(file);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes("--XX--\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    Client connect() {
        Client client = new Client();
        client.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + service.address().getPort() + "/v1/stream"), client)
                .join();
        return client;
    }

    /** A client of a stream, which collects events. */
    static final class Client implements WebSocket.Listener {
        final List<JsonNode> events = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(json(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.complete(-1);
        }

        Client start(int rate, int channels, String more) {
            socket.sendText(
                            "{\"type\":\"start\",\"encoding\":\"s16le\",\"sample_rate\":%d,\"channels\":%d%s}"
                                    .formatted(rate, channels, more),
                            true)
                    .join();
            return this;
        }

        Client audio(byte[] pcm, int piece) {
            for (int from = 0; from < pcm.length; from += piece) {
                ByteBuffer part = ByteBuffer.wrap(Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + piece)));
                socket.sendBinary(part, true).join();
            }
            return this;
        }

        Client end() {
            socket.sendText("{\"type\":\"end\"}", true).join();
            return this;
        }

        /** Waits until the service closes the socket; returns the code, or -1 if the connection is lost. */
        int closed() throws Exception {
            return closed.get(30, TimeUnit.SECONDS);
        }

        List<JsonNode> events(String kind) {
            return List.copyOf(events).stream()
                    .filter(event -> event.path("event").asText().equals(kind))
                    .toList();
        }
    }

    /** Tones of 0.2 s with next to nothing between them; 16 bits. */
    static byte[] pcm(int rate, int channels, double seconds) {
        int frames = (int) (seconds * rate);
        ByteBuffer bytes = ByteBuffer.allocate(frames * channels * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; bytes.hasRemaining(); i++) {
            for (int channel = 0; channel < channels; channel++) {
                double amplitude = i / (rate / 5) % 2 == 0 ? 0.5 : 0.002;
                bytes.putShort((short)
                        (32_000 * amplitude * Math.sin(2 * Math.PI * (200 + 150 * channel + i / 9000.0) * i / rate)));
            }
        }
        return bytes.array();
    }

    @Override
    public void close() {
        service.close();
    }
}
