package org.speechemotion.spark.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.model.BundleException;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.clips.EncoderFolders;

/** The description of a model must have no effect when it is opened. */
class TrainedModelTest {
    @TempDir
    private Path folder;

    @Test
    void aModelOpensWithItsOwnSettings() throws IOException {
        ModelBundle bundle =
                TestModel.bundle(7, Settings.ofTexts("encoder.name = log-mel").render());
        assertThat(TrainedModel.of(bundle, folder, folder.toString(), Settings.ofTexts(""))
                        .encoder()
                        .name())
                .isEqualTo("log-mel");
    }

    @Test
    void aModelIsFoundInTheFolderOfItsRun() throws IOException {
        ModelBundle bundle =
                TestModel.bundle(7, Settings.ofTexts("encoder.name = log-mel").render());
        bundle.write(folder.resolve("runs/first/model"));
        for (String path : List.of("runs/first", "runs/first/model")) {
            TrainedModel model = TrainedModel.open(Settings.load(List.of(), List.of("model=" + folder.resolve(path))));
            assertThat(model.bundle().manifest().modelId())
                    .isEqualTo(bundle.manifest().modelId());
        }
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(
                        () -> TrainedModel.open(Settings.load(List.of(), List.of("model=" + folder.resolve("runs")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "kernels"})
    void theEnginesOfEarlierBuildsAreIgnored(String engine) throws IOException {
        ModelBundle bundle = TestModel.bundle(
                7,
                Settings.ofTexts("encoder.name = log-mel")
                        .with("encoder.engine", engine)
                        .render());
        assertThat(TrainedModel.of(bundle, folder, folder.toString(), Settings.ofTexts(""))
                        .encoder()
                        .name())
                .isEqualTo("log-mel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include url(\"http://127.0.0.1:1/\")",
                "include file(\"/etc/passwd\")",
                "encoder.name = ${PATH}",
                "encoder.name = ${?HF_TOKEN}",
                "encoder.name = ${user.home}"
            })
    void settingsOfModelsAreOnlyData(String line) throws IOException {
        ModelBundle bundle =
                changed("settings", Settings.ofTexts("encoder.name = log-mel").render() + "\n" + line);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> TrainedModel.of(bundle, folder, folder.toString(), Settings.ofTexts("")))
                .withMessageStartingWith("the settings in model.json: ")
                .withMessageEndingWith("but may only hold values");
    }

    @ParameterizedTest
    @CsvSource({
        "s3a://bucket/encoder, /models/m",
        "http://127.0.0.1:1/encoder, /models/m",
        "HDFS://host/encoder, /models/m",
        "spark-files:encoder-1, /models/m",
        "hdfs://other:8020/encoder, hdfs://host:8020/m",
        "http://host/encoder, hdfs://host/m"
    })
    void remoteEncodersNeedTheConsentOfTheUser(String encoder, String model) throws IOException {
        ModelBundle bundle = changed("encoderPath", encoder);
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> TrainedModel.of(bundle, folder, model, Settings.ofTexts("")))
                .withMessage(
                        "the model names its encoder at " + encoder + ", which is neither on this machine nor where"
                                + " the model is: if you trust it, add encoder.path=" + encoder);
    }

    @Test
    void nearbyPathsAreLocalOrOnTheFileSystemOfTheModel() {
        assertThat(EncoderFolders.isNear("/encoders/hubert", "/models/m")).isTrue();
        assertThat(EncoderFolders.isNear("file:/encoders/hubert", "/models/m")).isTrue();
        assertThat(EncoderFolders.isNear("file:///encoders/hubert", "hdfs://host/m"))
                .isTrue();
        assertThat(EncoderFolders.isNear("hdfs://host:8020/encoder", "hdfs://host:8020/m"))
                .isTrue();
        assertThat(EncoderFolders.isNear("s3a://bucket/encoder", "s3a://bucket/m"))
                .isTrue();
        assertThat(EncoderFolders.isNear("s3a://other/encoder", "s3a://bucket/m"))
                .isFalse();
    }

    private static ModelBundle changed(String field, String value) throws IOException {
        ModelBundle bundle =
                TestModel.bundle(7, Settings.ofTexts("encoder.name = log-mel").render());
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = (ObjectNode) mapper.readTree(bundle.manifestBytes());
        return ModelBundle.of(mapper.writeValueAsBytes(json.put(field, value)), bundle.weightBytes());
    }
}
