package org.speechemotion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.common.StrictJson;

class ShardedTensorsTest extends TensorsContract {
    private static final String INDEX = "model.safetensors.index.json";

    @Override
    Tensors open() {
        try (Tensors whole = Safetensors.open(Written.resource("module.safetensors"))) {
            index(whole.shapes().keySet().stream()
                    .collect(Collectors.toMap(
                            name -> name, name -> name.startsWith("0") ? "a.safetensors" : "b.safetensors")));
        }
        for (String shard : new String[] {"a.safetensors", "b.safetensors"}) {
            copy("module.safetensors", shard);
        }
        return WeightFiles.open(folder);
    }

    @Test
    void listsTheIndexAndItsFiles() {
        assertThat(WeightFiles.files(folder))
                .containsExactly(
                        folder.resolve(INDEX), folder.resolve("a.safetensors"), folder.resolve("b.safetensors"));
    }

    @Test
    void readsShardsOfPyTorch() throws IOException {
        Files.move(folder.resolve(INDEX), folder.resolve("pytorch_model.bin.index.json"));
        copy("module.bin", "a.safetensors");
        copy("module.bin", "b.safetensors");
        try (Tensors tensors = WeightFiles.open(folder)) {
            assertThat(tensors.read("1.weight")).containsExactly(1, 1, 1, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "..", ".", "", "/etc/hosts", "a/b", "a\\b", "a\u0000b", "C:x", ".hidden"})
    void refusesFilesThatAreNotBesideTheIndex(String file) {
        index(Map.of("w", file));
        assertThatThrownBy(() -> WeightFiles.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(INDEX + ": the file of tensor w is ")
                .hasMessageContaining("allowed: the name of a file in the same folder");
        assertThatThrownBy(() -> WeightFiles.files(folder)).isInstanceOf(WeightsException.class);
    }

    @Test
    void refusesATensorThatIsNotInItsShard() {
        index(Map.of("w", "a.safetensors"));
        assertThatThrownBy(() -> WeightFiles.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("a.safetensors lacks the tensor w, which " + INDEX + " expects there");
    }

    @Test
    void refusesAShardThatIsMissing() {
        index(Map.of("w", "c.safetensors"));
        assertThatThrownBy(() -> WeightFiles.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("c.safetensors is not a file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"weight_map\":{}}",
                "{\"weight_map\":[\"a\"]}",
                "{\"weight_map\":{\"w\":1}}",
                "{\"weight_map\":{\"w\":\"a.safetensors\",\"w\":\"b.safetensors\"}}",
                "{\"weight_map\":{\"w\":\"a.safetensors\"}} x",
                "{\"weight_map\":",
                ""
            })
    void rejectsInvalidIndexes(String json) {
        Written.bytes(folder.resolve(INDEX), json.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> WeightFiles.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(INDEX);
    }

    private void index(Map<String, String> files) {
        try {
            StrictJson.mapper().writeValue(folder.resolve(INDEX).toFile(), Map.of("weight_map", files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(String from, String to) {
        try {
            Written.bytes(folder.resolve(to), Files.readAllBytes(Written.resource(from)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
