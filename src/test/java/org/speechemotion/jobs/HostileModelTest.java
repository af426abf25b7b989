package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.TestModel;

/** Tests the command with the model folders of an attacker, who has adapted every checksum. */
class HostileModelTest {
    private static final int BOMB_BYTES = 64 << 20;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private ServerSocketChannel server;
    private int port;
    private Path clip;

    /** Opens a connection when it is deserialised. */
    private static final class Caller implements Serializable {
        private static final long serialVersionUID = 1L;
        private final int port;

        Caller(int port) {
            this.port = port;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            new Socket(InetAddress.getLoopbackAddress(), port).close();
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.configureBlocking(false);
        port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        clip = Files.write(folder.resolve("clip.wav"), DemoClips.wav(1, Emotion.SAD));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void theUnchangedModelScores() throws IOException {
        assertThat(infer((json, entries) -> {})).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("clip.wav");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void anObjectInTheArchiveIsNotDeserialised() throws Exception {
        byte[] caller = serialised(new Caller(port));
        // The trap works.
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(caller))) {
            in.readObject();
        }
        assertThat(server.accept()).isNotNull();

        for (String name : new String[] {"preprocessor.bin", "normalizer.bin", "coefficients.bin"}) {
            assertRefused((json, entries) -> entries.put(name, caller), "model.zip");
        }
    }

    @Test
    void zipBombsAreRejected() throws IOException {
        for (String name : new String[] {"configuration.json", "coefficients.bin", "another.bin"}) {
            assertRefused((json, entries) -> entries.put(name, new byte[BOMB_BYTES]), "model.zip");
        }
    }

    @Test
    void settingsThatIncludeAnAddressOpenNothing() throws IOException {
        String include = "include url(\"http://127.0.0.1:" + port + "/more.conf\")\n";
        assertRefused(
                (json, entries) ->
                        json.put("settings", include + json.get("settings").asText()),
                "the settings in model.json");
    }

    @Test
    void anEncoderOnAnotherHostIsNotOpened() throws IOException {
        String encoder = "http://127.0.0.1:" + port + "/encoder";
        assertRefused(
                (json, entries) -> json.put("encoderPath", encoder), "if you trust it, add encoder.path=" + encoder);
    }

    private void assertRefused(BiConsumer<ObjectNode, Map<String, byte[]>> change, String words) throws IOException {
        err.reset();
        assertThat(infer(change)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("emotion infer: ")
                .contains(words)
                .hasSizeLessThan(600);
        assertThat(server.accept()).isNull();
    }

    private int infer(BiConsumer<ObjectNode, Map<String, byte[]>> change) throws IOException {
        ModelBundle bundle =
                TestModel.bundle(7, Settings.ofTexts("encoder.name = log-mel").render());
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = (ObjectNode) mapper.readTree(bundle.manifestBytes());
        Map<String, byte[]> entries = entries(bundle.weightBytes());
        change.accept(json, entries);
        byte[] weights = zip(entries);
        ((ObjectNode) json.get("files")).put("model.zip", Sha256.of(weights));
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.write(model.resolve("model.zip"), weights);
        Files.write(model.resolve("model.json"), mapper.writeValueAsBytes(json));
        return new InferJob()
                .execute(
                        new String[] {"model=" + model, clip.toString()},
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] serialised(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(object);
        }
        return bytes.toByteArray();
    }
}
