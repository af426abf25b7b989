package org.speechemotion.spark.clips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.weights.WeightsException;

class ClipPipelineTest {
    private static final String PREPROCESSOR = "preprocessor_config.json";

    @TempDir
    private Path folder;

    private ClipPipeline pipeline;

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.list(Folders.path("hubert-large"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        pipeline = new ClipPipeline(
                new AudioSettings(16_000, 0.1, 30, 1 << 20),
                EncoderSettings.of("transformer", 16_000, LogMelSettings.defaults())
                        .with(PretrainedSettings.at(folder.toString())),
                new Configuration());
    }

    @Test
    void anEncoderIsSharedUntilItsFolderChanges() throws IOException {
        Encoder first = pipeline.encoder();
        assertThat(pipeline.encoder()).isSameAs(first);

        change();
        Encoder second = pipeline.encoder();
        assertThat(second).isNotSameAs(first);
        assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
        assertThat(pipeline.encoder()).isSameAs(second);
    }

    @Test
    void unverifiedEncodersAreRejected() throws IOException {
        String verified = pipeline.encoder().fingerprint();
        ClipPipeline strict = pipeline.requiring(verified);
        assertThat(strict.encoder().fingerprint()).isEqualTo(verified);

        change();
        String found = pipeline.encoder().fingerprint();
        assertThatThrownBy(strict::encoder)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("encoder.path " + folder + " is another encoder here than the driver has"
                        + " verified: its fingerprint is " + found + " instead of " + verified);
    }

    @Test
    void encodersThatChangeBeforeTheFirstClipAreRejected() throws IOException {
        Encoder encoder = pipeline.encoder();
        change();
        assertThatThrownBy(() -> encoder.encode(List.of(new float[16_000])))
                .isInstanceOf(WeightsException.class)
                .hasMessage(folder + " was changed after its fingerprint was computed");
    }

    private void change() throws IOException {
        Path file = folder.resolve(PREPROCESSOR);
        String json = Files.readString(file);
        String changed = json.contains("\"do_normalize\": true")
                ? json.replace("\"do_normalize\": true", "\"do_normalize\": false")
                : json.replace("\"do_normalize\": false", "\"do_normalize\": true");
        assertThat(changed).isNotEqualTo(json);
        Files.writeString(file, changed);
    }
}
