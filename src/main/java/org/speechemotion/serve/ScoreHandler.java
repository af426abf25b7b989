package org.speechemotion.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormDataParser;
import io.undertow.server.handlers.form.FormParserFactory;
import io.undertow.server.handlers.form.MultiPartParserDefinition;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.Channels;
import org.speechemotion.audio.SampleConsumer;
import org.speechemotion.common.Result;
import org.speechemotion.live.LiveRecording;
import org.speechemotion.live.LiveSettings;
import org.speechemotion.live.Overload;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;
import org.xnio.IoUtils;

/**
 * Scores a file that is the body of a request, or the only file of a form. The body is received as a whole before it is decoded,
 * in a temporary file that is deleted afterwards, so a slow client occupies a thread, but delays no other upload.
 */
final class ScoreHandler implements HttpHandler {
    private static final int PIECE = 1 << 16;
    private static final int MAX_NAME = 255;
    /** The time that a client has to read why it was too slow, in s. */
    private static final int CLOSE_SECONDS = 1;

    private final CurrentModel models;
    private final ServeSettings settings;
    private final Metrics metrics;
    private final FormParserFactory forms;
    private final Path folder;
    private final Semaphore scoring;

    /** @param folder the folder for temporary files */
    ScoreHandler(CurrentModel models, ServeSettings settings, Metrics metrics, Path folder) {
        this.models = models;
        this.settings = settings;
        this.metrics = metrics;
        this.folder = folder;
        scoring = new Semaphore(settings.maximumRequests(), true);
        MultiPartParserDefinition multipart = new MultiPartParserDefinition();
        multipart.setFileSizeThreshold(0);
        multipart.setTempFileLocation(folder);
        forms = FormParserFactory.builder(false).addParser(multipart).build();
    }

    /** A file that was received, and the name that the client gives it. */
    private record Upload(Path file, String name) {}

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Deadline deadline = new Deadline(Duration.ofSeconds(settings.requestSeconds()));
        deadline.limit(exchange);
        Path received = Files.createTempFile(folder, "upload-", ".audio");
        FormDataParser form = forms.createParser(exchange);
        try {
            Optional<Upload> upload = form == null ? Optional.of(body(exchange, received)) : file(form.parseBlocking());
            if (upload.isEmpty()) {
                Json.error(exchange, 400, "bad-request", "the form must have exactly one file");
                return;
            }
            score(exchange, upload.get(), deadline);
        } catch (RequestTooBigException e) {
            Json.error(
                    exchange,
                    413,
                    "too-large",
                    "the body is too large; allowed: " + settings.maximumBytes() + " bytes");
        } catch (BadRequestException | EOFException e) {
            Json.error(exchange, 400, "bad-request", e.getMessage());
        } catch (TimeoutException | SocketTimeoutException e) {
            exchange.setPersistent(false);
            exchange.getIoThread()
                    .executeAfter(() -> IoUtils.safeClose(exchange.getConnection()), CLOSE_SECONDS, TimeUnit.SECONDS);
            Json.error(exchange, 408, "timeout", "the request took longer than " + settings.requestSeconds() + " s");
        } finally {
            Files.deleteIfExists(received);
            if (form != null) {
                form.close();
            }
        }
    }

    /** A request that the client must change. */
    private static final class BadRequestException extends Exception {
        private static final long serialVersionUID = 1L;

        BadRequestException(String message) {
            super(message);
        }
    }

    private static Upload body(HttpServerExchange exchange, Path file) throws IOException {
        byte[] piece = new byte[PIECE];
        try (InputStream in = exchange.getInputStream();
                OutputStream out = Files.newOutputStream(file)) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                out.write(piece, 0, count);
            }
        }
        return new Upload(file, parameter(exchange, "name").orElse(""));
    }

    private static Optional<Upload> file(FormData form) {
        List<FormData.FormValue> files = new ArrayList<>();
        form.forEach(field ->
                form.get(field).stream().filter(FormData.FormValue::isFileItem).forEach(files::add));
        return files.size() == 1
                ? Optional.of(new Upload(
                        files.get(0).getFileItem().getFile(),
                        Optional.ofNullable(files.get(0).getFileName()).orElse("")))
                : Optional.empty();
    }

    private void score(HttpServerExchange exchange, Upload upload, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException, BadRequestException {
        if (upload.name.length() > MAX_NAME) {
            throw new BadRequestException("the name has more than " + MAX_NAME + " characters");
        }
        ServedModel model = models.acquire();
        try {
            Result<ScoredRecording> result = scoreInTurn(model, recordings(model, exchange), upload, deadline);
            result.map(scored -> scored.durationSeconds())
                    .fold(
                            seconds -> {
                                metrics.audioMilliseconds.add((long) (seconds * 1000));
                                return null;
                            },
                            rejection -> null);
            Json.send(exchange, result.isRejected() ? 422 : 200, model.format().json(upload.name, result));
        } finally {
            model.release();
        }
    }

    private RecordingSettings recordings(ServedModel model, HttpServerExchange exchange) throws BadRequestException {
        RecordingSettings recordings =
                model.recordings().withLimits(settings.maximumSeconds(), settings.maximumBytes());
        Optional<String> channels = parameter(exchange, "channels");
        if (channels.isEmpty()) {
            return recordings;
        }
        return recordings.withChannels(
                switch (channels.get()) {
                    case "mix" -> Channels.MIX;
                    case "each" -> Channels.EACH;
                    default -> throw new BadRequestException("channels is not mix or each");
                });
    }

    private Result<ScoredRecording> scoreInTurn(
            ServedModel model, RecordingSettings recordings, Upload upload, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        if (!scoring.tryAcquire(deadline.milliseconds(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException();
        }
        try {
            return score(model, recordings, upload, deadline);
        } finally {
            scoring.release();
        }
    }

    private Result<ScoredRecording> score(
            ServedModel model, RecordingSettings recordings, Upload upload, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        LiveRecording recording = new LiveRecording(
                recordings,
                model.audio().sampleRate(),
                new LiveSettings(Overload.WAIT, settings.maxWaiting()),
                model.scorer(),
                model.transcriber(),
                event -> {});
        try (InputStream in = Files.newInputStream(upload.file)) {
            AudioDecoder decoder = new AudioDecoder(recordings.audio(model.audio()));
            recording.end(decoder.decode(
                    in, Files.size(upload.file), upload.name, recordings.channels(), new Waiting(recording, deadline)));
            return recording.result().get(deadline.milliseconds(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the model failed", e.getCause());
        } catch (CancellationException e) {
            throw new TimeoutException();
        } finally {
            recording.fail(new CancellationException());
        }
    }

    /** Passes samples on as fast as they are scored. */
    private record Waiting(LiveRecording recording, Deadline deadline) implements SampleConsumer {
        @Override
        public void begin(int channels, long certain) {
            recording.begin(channels, certain);
        }

        @Override
        public void accept(int channel, float[] samples, int count) {
            recording.accept(channel, samples, count);
            try {
                recording.awaitRoom();
                deadline.check();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            } catch (TimeoutException e) {
                throw new CancellationException();
            }
        }
    }

    private static Optional<String> parameter(HttpServerExchange exchange, String name) {
        return Optional.ofNullable(exchange.getQueryParameters().get(name)).map(Deque::getFirst);
    }
}
