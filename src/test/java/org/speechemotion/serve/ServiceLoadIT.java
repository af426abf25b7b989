package org.speechemotion.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.audio.PcmWav;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.TestModel;

/** Runs the command in a separate process with many clients, half of which misbehave; kills it, starts it again and stops it. */
@Timeout(180)
class ServiceLoadIT {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    private Process process;
    private int port;

    @AfterEach
    void end() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void noResponseIsLostAndAKilledServiceRestarts() throws Exception {
        TestModel.bundle(7, Settings.ofTexts("encoder.name = log-mel").render()).write(folder.resolve("model"));
        Files.createDirectory(folder.resolve("temporary"));
        start(0);
        ServiceLoad load = new ServiceLoad(port, 4);
        for (Thread client : load.start(40, 10)) {
            client.join();
        }
        assertThat(load.lost()).isEmpty();
        assertThat(load.answers())
                .containsKeys("upload: 200", "stream: end", "upload garbage: 422", "upload wrong: 405");

        byte[] file = PcmWav.of(ServiceFixture.pcm(16_000, 1, 2), 16_000, 1);
        try (LoadClient client = new LoadClient(port)) {
            client.upload(file.length);
            client.send(file, 0, file.length / 2);
            while (uploads() == 0) {
                Thread.sleep(5);
            }
            process.destroyForcibly().waitFor();
        }
        assertThat(uploads()).isEqualTo(1);
        start(port);
        assertThat(uploads()).as("what the killed process had received").isZero();
        try (LoadClient client = new LoadClient(port)) {
            client.upload(file.length);
            client.send(file, 0, file.length);
            assertThat(client.answer().status()).isEqualTo(200);
        }
        process.destroy();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
        assertThat(Files.readString(folder.resolve("out"))).endsWith("stopping\n");
        assertThat(Files.readString(folder.resolve("err"))).doesNotContain("\"status\":500", "interrupted");
    }

    private void start(int wanted) throws Exception {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-Djava.io.tmpdir=" + folder.resolve("temporary"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.speechemotion.jobs.Main",
                        "serve",
                        "model=" + folder.resolve("model"),
                        "serve.port=" + wanted)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        String said = "";
        while (!said.endsWith("/\n")) {
            assertThat(process.isAlive()).as(() -> read(folder.resolve("err"))).isTrue();
            Thread.sleep(20);
            said = read(folder.resolve("out"));
        }
        port = Integer.parseInt(said.replaceAll("(?s).*:(\\d+)/\n", "$1"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private long uploads() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("temporary"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().startsWith("upload-"))
                    .count();
        }
    }
}
