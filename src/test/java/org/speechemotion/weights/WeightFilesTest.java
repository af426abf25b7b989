package org.speechemotion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.encoder.transformer.Folders;

class WeightFilesTest {
    @TempDir
    Path folder;

    @Test
    void picklesEqualSafetensors() {
        try (Tensors safe = WeightFiles.open(Folders.path("hubert-base"));
                Tensors pickled = WeightFiles.open(Folders.path("hubert-base-bin"))) {
            assertThat(pickled.shapes()).hasSameSizeAs(safe.shapes());
            safe.shapes().forEach((name, shape) -> {
                String old = "hubert."
                        + name.replace("parametrizations.weight.original0", "weight_g")
                                .replace("parametrizations.weight.original1", "weight_v");
                assertThat(pickled.shapes()).containsEntry(old, shape);
                assertThat(pickled.read(old)).as(name).isEqualTo(safe.read(name));
            });
        }
    }

    /** Half of the last bit that the type keeps, 11 or 8 of them; below 2^-14 an F16 keeps steps of 2^-24. */
    @ParameterizedTest
    @CsvSource({"hubert-base-f16, 0x1p-11", "hubert-base-bf16, 0x1p-8"})
    void halfPrecisionIsTheSameWithinRounding(String name, double rounding) {
        try (Tensors full = WeightFiles.open(Folders.path("hubert-base"));
                Tensors half = WeightFiles.open(Folders.path(name))) {
            assertThat(half.shapes()).isEqualTo(full.shapes());
            full.shapes().keySet().forEach(tensor -> {
                float[] exact = full.read(tensor);
                float[] rounded = half.read(tensor);
                for (int i = 0; i < exact.length; i++) {
                    assertThat(Math.abs(rounded[i] - exact[i]))
                            .isLessThanOrEqualTo((float) (Math.abs(exact[i]) * rounding + 0x1p-25));
                }
            });
        }
    }

    @Test
    void looksForSafetensorsBeforePickles() {
        Written.bytes(folder.resolve("pytorch_model.bin.index.json"));
        Written.bytes(folder.resolve("pytorch_model.bin"));
        assertThat(WeightFiles.files(folder)).containsExactly(folder.resolve("pytorch_model.bin"));
        Written.safetensors(folder.resolve("model.safetensors"), "{}");
        assertThat(WeightFiles.files(folder)).isEqualTo(List.of(folder.resolve("model.safetensors")));
        try (Tensors tensors = WeightFiles.open(folder)) {
            assertThat(tensors.shapes()).isEmpty();
        }
    }

    @Test
    void namesTheExpectedFiles() {
        assertThatThrownBy(() -> WeightFiles.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessage(folder + " contains no weights; allowed: one of [model.safetensors,"
                        + " model.safetensors.index.json, pytorch_model.bin, pytorch_model.bin.index.json]");
    }

    @Test
    void messagesAreOnePrintableLine() {
        assertThat(new WeightsException("tensor a\nb\u001b[2J\u202e").getMessage())
                .isEqualTo("tensor a?b?[2J?");
        assertThat(new WeightsException("x".repeat(100_000)).getMessage()).hasSizeLessThan(1100);
    }
}
