package org.speechemotion.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub with a small encoder, and an empty folder. */
abstract class FetchTest {
    static final String REPOSITORY = "facebook/hubert-base-ls960";
    static final String WEIGHTS = "model.safetensors";
    static final int SIZE = 200_000;

    @TempDir
    Path temporary;

    HubServer hub;
    Path folder;
    final Heard heard = new Heard();
    final byte[] weights = content(SIZE, 31);

    /** Records the calls of a listener. */
    static class Heard implements FetchListener {
        final List<String> events = new ArrayList<>();
        final Received received = new Received();

        @Override
        public void kept(String file, long bytes) {
            events.add("kept " + file);
        }

        @Override
        public void begun(String file, long there, OptionalLong total) {
            received.set(there);
            events.add("begun " + file + " at " + there);
        }

        @Override
        public void received(String file, long bytes, OptionalLong total) {
            received.set(bytes);
        }

        @Override
        public void retrying(String file, String reason, Duration wait) {
            events.add("retrying " + file + ": " + reason);
        }

        @Override
        public void fetched(String file, long bytes) {
            events.add("fetched " + file + " of " + bytes);
        }
    }

    @BeforeEach
    void start() throws IOException {
        folder = temporary.resolve("encoders").resolve("hubert-base");
        hub = new HubServer()
                .put("config.json", "{\"model_type\": \"hubert\"}")
                .put("preprocessor_config.json", "{}")
                .put(WEIGHTS, weights);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    static byte[] content(int size, int factor) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i * factor ^ i >> 8);
        }
        return content;
    }

    FetchSettings settings() {
        return Fetches.of(hub.endpoint(), "attempts=4", "maximum-bytes=1000000");
    }

    Optional<String> fetch() throws IOException, InterruptedException {
        return fetch(settings());
    }

    Optional<String> fetch(FetchSettings settings) throws IOException, InterruptedException {
        return new EncoderFetch(settings, Optional.of("secret")).fetch(REPOSITORY, folder, heard);
    }

    HubServer.Misdeed breakAfter(int bytes) {
        return HubServer.breakAfter(bytes, heard.received);
    }

    /** The names in the folder, but for the fetch's own notes. */
    List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".fetch"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    void assertFetched() throws IOException {
        assertThat(names()).containsExactly("config.json", WEIGHTS, "preprocessor_config.json");
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(weights);
    }

    long part() throws IOException {
        return Files.size(folder.resolve(WEIGHTS + ".part"));
    }
}
