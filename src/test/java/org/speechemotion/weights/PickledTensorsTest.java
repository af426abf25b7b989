package org.speechemotion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickledTensorsTest extends TensorsContract {
    @Override
    Tensors open() {
        return PickledTensors.open(Written.resource("module.bin"));
    }

    @Test
    void readsTheNewerPickleProtocol() {
        try (Tensors two = open();
                Tensors four = PickledTensors.open(Written.resource("module-protocol4.bin"))) {
            assertThat(four.shapes()).isEqualTo(two.shapes());
            assertThat(four.read("0.weight")).isEqualTo(two.read("0.weight"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whole",
                "slice",
                "inner",
                "transposed",
                "stepped",
                "scalar",
                "empty",
                "parameter",
                "half",
                "bfloat16"
            })
    void readsViewsOfAStorage(String name) {
        try (Tensors views = PickledTensors.open(Written.resource("views.bin"))) {
            assertThat(views.shapes().get(name)).isEqualTo(views.shapes().get(name + ".copy"));
            assertThat(views.read(name)).isEqualTo(views.read(name + ".copy"));
        }
    }

    @Test
    void refusesATensorThatIsLargerThanItsStorage() {
        assertThatThrownBy(() -> PickledTensors.open(Written.resource("expanded.bin")))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("a tensor of shape [1000], strides [0] and offset 0 in a storage of 1 values");
    }

    @Test
    void theErrorExplainsTheConversionOfOldFiles() {
        assertThatThrownBy(() -> PickledTensors.open(Written.resource("module-legacy.bin")))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(
                        "not a zip archive; if PyTorch before 1.6 has written it, convert it in Python with"
                                + " torch.save(torch.load(");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../x", "/x", "archive/../../x", "archive//x", "archive/..\\x", "other/x", "x", "archive/"})
    void refusesEntriesOutsideTheArchivesFolder(String name) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", Written.latin("}."));
        entries.put(name, new byte[0]);
        assertThatThrownBy(() -> PickledTensors.open(Written.zip(folder.resolve("x.bin"), entries)))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({"byteorder, big, little", "version, 11, 1 to 10"})
    void refusesAnArchiveOfAnotherFormat(String entry, String text, String allowed) {
        Path file = Written.zip(
                folder.resolve("x.bin"),
                Map.of("archive/data.pkl", Written.latin("}."), "archive/" + entry, Written.latin(text)));
        assertThatThrownBy(() -> PickledTensors.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("its " + entry + " is " + text + "; allowed: " + allowed);
    }

    @Test
    void refusesCompressedEntries() throws IOException {
        Path file = folder.resolve("x.bin");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[1 << 20]);
        }
        assertThatThrownBy(() -> PickledTensors.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("its entry archive/data.pkl is compressed");
    }

    @Test
    void refusesNumbersThatAreNotFinite() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", Written.latin(Pickles.tensor("w", 2, 0, 2, 1)));
        entries.put("archive/data/0", Written.floats(1, Float.NaN));
        try (Tensors tensors = PickledTensors.open(Written.zip(folder.resolve("x.bin"), entries))) {
            assertThatThrownBy(() -> tensors.read("w"))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining("tensor w has the value NaN at position 1");
        }
    }
}
