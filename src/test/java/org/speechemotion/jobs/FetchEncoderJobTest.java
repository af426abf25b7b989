package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.hub.HubServer;

class FetchEncoderJobTest {
    private static final String REPOSITORY = "facebook/hubert-base-ls960";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path temporary;

    @Test
    void fetchesAnEncoderThatOpensAndSaysHowToUseIt() throws Exception {
        Path folder = temporary.resolve("hubert");
        try (HubServer hub = new HubServer().putAll(Folders.path("hubert-base"))) {
            assertThat(run(hub, REPOSITORY, folder.toString()))
                    .as(err.toString(StandardCharsets.UTF_8))
                    .isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines(REPOSITORY + " is in " + folder + ", of commit " + HubServer.COMMIT
                        + "\nencoder.path=" + folder + "\n");
        assertThat(folder.resolve("expected.safetensors")).doesNotExist();
    }

    @Test
    void speechRecognitionModelsAreAlsoEncoders() throws Exception {
        Path folder = temporary.resolve("asr");
        try (HubServer hub = new HubServer().putAll(Folders.path("wav2vec2-ctc"))) {
            assertThat(run(hub, REPOSITORY, folder.toString())).isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .contains("encoder.path=" + folder, "asr.path=" + folder);
        assertThat(folder.resolve("vocab.json")).exists();
    }

    @Test
    void otherModelsAreWrongInput() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("source"));
        Files.copy(Folders.path("hubert-base").resolve("model.safetensors"), folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve("preprocessor_config.json"), "{}");
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bert\"}");
        try (HubServer hub = new HubServer().putAll(folder)) {
            assertThat(run(hub, REPOSITORY, temporary.resolve("x").toString())).isEqualTo(Job.WRONG_INPUT);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("model_type");
    }

    @Test
    void wrongArgumentsAreWrongInput() throws Exception {
        try (HubServer hub = new HubServer()) {
            String folder = temporary.resolve("x").toString();
            assertThat(run(hub)).isEqualTo(Job.WRONG_INPUT);
            assertThat(run(hub, REPOSITORY)).isEqualTo(Job.WRONG_INPUT);
            assertThat(run(hub, "../" + REPOSITORY, folder)).isEqualTo(Job.WRONG_INPUT);
            assertThat(run(hub, REPOSITORY, folder, "fetch.attempts=0")).isEqualTo(Job.WRONG_INPUT);
            assertThat(run(hub, REPOSITORY, folder)).isEqualTo(Job.WRONG_INPUT);
            assertThat(err.toString(StandardCharsets.UTF_8).lines())
                    .hasSize(5)
                    .last()
                    .asString()
                    .contains("has no config.json");
        }
    }

    @Test
    void noConnectionIsAFailure() throws Exception {
        HubServer gone = new HubServer();
        gone.close();
        assertThat(run(gone, REPOSITORY, temporary.resolve("x").toString(), "fetch.attempts=1"))
                .isEqualTo(Job.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("failed: config.json: no connection to");
    }

    private int run(HubServer hub, String... arguments) {
        String[] words = Arrays.copyOf(arguments, arguments.length + 1);
        words[arguments.length] = "fetch.endpoint=" + hub.endpoint();
        return new FetchEncoderJob()
                .execute(
                        words,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
