package org.speechemotion.encoder.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.weights.Safetensors;
import org.speechemotion.weights.Shape;
import org.speechemotion.weights.Tensors;
import org.speechemotion.weights.WeightsException;

class EncoderFolderTest {
    private static final String NORM = "encoder.layer_norm.bias";

    @TempDir
    Path folder;

    static Stream<String> folders() {
        return Stream.concat(Folders.ALL.stream(), Stream.of("hubert-base-f16", "hubert-base-bf16"));
    }

    @BeforeEach
    void copy() throws IOException {
        for (String file : List.of("config.json", "preprocessor_config.json", "model.safetensors")) {
            Files.copy(Folders.path("hubert-base").resolve(file), folder.resolve(file));
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void readsEveryTensorOfEveryArchitecture(String name) {
        try (EncoderFolder opened = EncoderFolder.open(Folders.path(name))) {
            TensorNames.all(opened.config())
                    .forEach((tensor, shape) ->
                            assertThat(opened.tensors().read(tensor)).as(tensor).hasSize((int) shape.count()));
            assertThat(opened.sampleRate()).isEqualTo(16_000);
            assertThat(opened.normalizesInput()).isEqualTo(name.endsWith("large") || name.equals("hubert-ctc"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hubert-base", "wavlm-large"})
    void theExpectedOutputsAreReadWithTheSameReader(String name) {
        try (EncoderFolder opened = EncoderFolder.open(Folders.path(name));
                Tensors expected = Safetensors.open(Folders.path(name).resolve("expected.safetensors"))) {
            int samples = expected.read("wave.0").length;
            assertThat(expected.shapes().get("single.0.hidden.0"))
                    .isEqualTo(Shape.of(
                            opened.config().frames(samples), opened.config().width()));
        }
    }

    @Test
    void oldAndNewNamesOfTheWeightNormGiveTheSamePosition() {
        try (EncoderFolder renamed = EncoderFolder.open(Folders.path("hubert-base-bin"));
                EncoderFolder original = EncoderFolder.open(Folders.path("hubert-base"))) {
            String position = TensorNames.POSITION + ".weight";
            assertThat(renamed.tensors().read(position))
                    .isEqualTo(original.tensors().read(position));
        }
    }

    /** The output of {@code sha256sum config.json model.safetensors preprocessor_config.json | sha256sum}. */
    @Test
    void theFingerprintDependsOnNamesAndBytesAlone() throws IOException {
        String expected = "9b34a0cbe7ee7970afc47692ea38f853d956e414647eaa5a158d331fb99e0697";
        try (EncoderFolder opened = EncoderFolder.open(folder)) {
            assertThat(opened.fingerprint()).isEqualTo(expected);
            Files.writeString(folder.resolve("README.md"), "of no concern");
            assertThat(opened.fingerprint()).isEqualTo(expected);
            Files.writeString(folder.resolve("preprocessor_config.json"), "{}");
            assertThat(opened.fingerprint()).isNotEqualTo(expected);
        }
    }

    @Test
    void aMissingTensorIsNamedWithItsShape() throws IOException {
        editHeader("\"" + NORM + "\"", "\"masked_spec_embed\"");
        assertRefused("the weights lack the tensor " + NORM + ", which has shape [32] by config.json");
    }

    @Test
    void anUnknownTensorIsNamed() throws IOException {
        editConfig("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 2");
        assertRefused("the hubert of this config.json does not have: encoder.layers.2.");
    }

    @Test
    void aWronglyShapedTensorIsNamedWithBothShapes() throws IOException {
        editHeader(NORM + "\":{\"dtype\":\"F32\",\"shape\":[32]", NORM + "\":{\"dtype\":\"F32\",\"shape\":[4,8]");
        assertRefused("the tensor " + NORM + " has shape [4, 8]; expected by config.json: [32]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked_spec_embed", "lm_head.weight", "quantizer.codevectors", "label_embs_concat"})
    void tensorsOfPretrainingAndRecognitionAreIgnored(String name) throws IOException {
        addEmptyTensor(name);
        assertThatCode(() -> EncoderFolder.open(folder).close()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"encoder.layers.0.adapter_layer.norm.bias", "feature_extractor.weight", "mystery"})
    void otherTensorsAreRejected(String name) throws IOException {
        addEmptyTensor(name);
        assertRefused("hubert of this config.json does not have: " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "preprocessor_config.json"})
    void aMissingFileIsNamed(String file) throws IOException {
        Files.delete(folder.resolve(file));
        assertRefused(file + " is missing");
    }

    /** transformers 5 saves the processor of a CTC model like this, and no preprocessor_config.json. */
    @Test
    void settingsOfTheFeatureExtractorMayBeABlockOfTheProcessors() throws IOException {
        Files.delete(folder.resolve("preprocessor_config.json"));
        writeProcessor("{\"do_normalize\": false, \"sampling_rate\": 8000}");
        try (EncoderFolder opened = EncoderFolder.open(folder)) {
            assertThat(opened.sampleRate()).isEqualTo(8000);
            assertThat(opened.normalizesInput()).isFalse();
            assertThat(EncoderFolder.files(folder))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("model.safetensors", "config.json", "processor_config.json");
            String before = opened.fingerprint();
            writeProcessor("{\"do_normalize\": true, \"sampling_rate\": 8000}");
            assertThat(opened.fingerprint()).isNotEqualTo(before);
        }
    }

    @Test
    void theBlockPrecedesTheFileAsInHuggingFace() throws IOException {
        writeProcessor("{\"do_normalize\": true}");
        Files.writeString(folder.resolve("preprocessor_config.json"), "{\"do_normalize\": false}");
        try (EncoderFolder opened = EncoderFolder.open(folder)) {
            assertThat(opened.normalizesInput()).isTrue();
        }
    }

    @Test
    void processorsWithoutTheBlockAreIgnored() throws IOException {
        Files.writeString(folder.resolve("processor_config.json"), "{\"processor_class\": \"Wav2Vec2Processor\"}");
        Files.writeString(folder.resolve("preprocessor_config.json"), "{\"do_normalize\": false}");
        try (EncoderFolder opened = EncoderFolder.open(folder)) {
            assertThat(opened.normalizesInput()).isFalse();
            assertThat(EncoderFolder.files(folder)).contains(folder.resolve("preprocessor_config.json"));
        }
    }

    @Test
    void aWrongBlockIsNamedWithItsKey() throws IOException {
        writeProcessor("{\"sampling_rate\": \"fast\"}");
        assertRefused("processor_config.json: feature_extractor.sampling_rate is \"fast\"; allowed: an integer");
        writeProcessor("[]");
        assertRefused("processor_config.json: feature_extractor is []; allowed: an object");
    }

    private void writeProcessor(String featureExtractor) throws IOException {
        Files.writeString(folder.resolve("processor_config.json"), "{\"feature_extractor\": " + featureExtractor + "}");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> EncoderFolder.open(folder).close())
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(folder.toString())
                .hasMessageContaining(reason);
    }

    private void editConfig(String from, String to) throws IOException {
        Path file = folder.resolve("config.json");
        String before = Files.readString(file);
        assertThat(before).contains(from);
        Files.writeString(file, before.replace(from, to));
    }

    private void addEmptyTensor(String name) throws IOException {
        editHeader("{\"__", "{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"__");
    }

    private void editHeader(String from, String to) throws IOException {
        Path file = folder.resolve("model.safetensors");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] before = new byte[(int) bytes.getLong()];
        bytes.get(before);
        String header = new String(before, StandardCharsets.UTF_8);
        assertThat(header).contains(from);
        byte[] after = header.replace(from, to).getBytes(StandardCharsets.UTF_8);
        Files.write(
                file,
                ByteBuffer.allocate(Long.BYTES + after.length + bytes.remaining())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(after.length)
                        .put(after)
                        .put(bytes)
                        .array());
    }
}
