package org.speechemotion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.random.KeyedRandom;

/** Tests that truncated files and files with flipped bits are rejected, or read within their declared bounds. */
class DamagedFilesTest {
    private static final int CUTS = 200;
    private static final int FLIPS = 400;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"module.safetensors", "module.bin", "module-protocol4.bin", "views.bin"})
    void truncatedFilesAreRejected(String name) throws IOException {
        byte[] sound = Files.readAllBytes(Written.resource(name));
        for (int cut = 0; cut < CUTS; cut++) {
            Path file = Written.bytes(folder.resolve(name), Arrays.copyOf(sound, sound.length * cut / CUTS));
            assertThatThrownBy(() -> open(file))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.safetensors", "module.bin", "module-protocol4.bin", "views.bin"})
    void flippedBitsAreRejectedOrHarmless(String name) throws IOException {
        byte[] sound = Files.readAllBytes(Written.resource(name));
        int read = 0;
        for (int i = 0; i < FLIPS; i++) {
            KeyedRandom random = new KeyedRandom(1, name, String.valueOf(i));
            byte[] damaged = sound.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            read += readAll(Written.bytes(folder.resolve(name), damaged)) ? 1 : 0;
        }
        assertThat(read).as("files that were still readable").isBetween(1, FLIPS - 1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve(name));
        }
    }

    /** Whether it could be opened; a tensor of it may still be refused. */
    private static boolean readAll(Path file) {
        try (Tensors tensors = open(file)) {
            tensors.shapes().forEach((name, shape) -> {
                try {
                    float[] values = tensors.read(name);
                    assertThat(values).hasSize((int) shape.count());
                    assertThat(IntStream.range(0, values.length).allMatch(i -> Float.isFinite(values[i])))
                            .isTrue();
                } catch (WeightsException refused) {
                    assertThat(refused).hasMessageContaining(file.toString());
                }
            });
            return true;
        } catch (WeightsException refused) {
            assertThat(refused).hasMessageContaining(file.toString()).hasMessageNotContaining("\n");
            return false;
        }
    }

    private static Tensors open(Path file) {
        return file.toString().endsWith(".bin") ? PickledTensors.open(file) : Safetensors.open(file);
    }
}
