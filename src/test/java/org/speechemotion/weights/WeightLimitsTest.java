package org.speechemotion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints at their limits, and one beyond them. */
class WeightLimitsTest {
    private static final int TENSORS = WeightLimits.MAX_TENSORS;

    @TempDir
    Path folder;

    @Test
    void aSafetensorsFileHasAtMostSoManyTensors() {
        try (Tensors tensors = Safetensors.open(safetensors(TENSORS))) {
            assertThat(tensors.shapes()).hasSize(TENSORS);
        }
        assertRefused(
                () -> Safetensors.open(safetensors(TENSORS + 1)), "it has too many tensors; allowed: at most 65536");
    }

    @Test
    void aSafetensorsHeaderHasAtMostSixteenMebibytes() {
        int max = 16 << 20;
        try (Tensors tensors = Safetensors.open(padded(max))) {
            assertThat(tensors.shapes()).isEmpty();
        }
        assertRefused(() -> Safetensors.open(padded(max + 1)), "its header has 16777217 bytes; allowed: 2 to 16777216");
    }

    @Test
    void aTensorHasAtMostSoManyAxes() {
        try (Tensors tensors = Safetensors.open(axes(64))) {
            assertThat(tensors.shapes().get("w").sizes()).hasSize(64);
        }
        assertRefused(() -> Safetensors.open(axes(65)), "shape of tensor w has 65 axes; allowed: at most 64");
        String sizes = "(" + "K\u0001".repeat(65) + "t";
        String pickle = "\u0080\u0002}" + Pickles.text("w") + "ctorch._utils\n_rebuild_tensor_v2\n("
                + Pickles.storage("ctorch\nFloatStorage\n", "0", 2) + "K\0" + sizes + sizes
                + "\u0089ccollections\nOrderedDict\n)RtRs.";
        assertRefused(
                () -> PickledTensors.open(Written.archive(folder.resolve("x.bin"), pickle)),
                "a tensor of its pickle has 65 axes; allowed: at most 64");
    }

    @Test
    void aLongTextIsShortenedInTheMessage() {
        String text = "x".repeat(100_000);
        assertRefused(
                () -> Safetensors.open(header("{\"" + text + "\":{\"dtype\":\"F32\"}}")),
                "… has 100000 characters; allowed: at most 1000");
        assertRefused(
                () -> Safetensors.open(
                        header("{\"w\":{\"dtype\":\"" + text + "\",\"shape\":[],\"data_offsets\":[0,0]}}")),
                "has the dtype xxx");
        assertRefused(
                () -> Safetensors.open(
                        header("{\"w\":{\"dtype\":\"F32\",\"shape\":[\"" + text + "\"],\"data_offsets\":[0,0]}}")),
                "has shape [\"xxx");
        assertRefused(() -> ShardedTensors.files(index("{\"" + text + "\":\"a\"}")), "… has 100000 characters");
        assertRefused(() -> ShardedTensors.files(index("{\"w\":\"/" + text + "\"}")), "the file of tensor w is \"/xxx");
    }

    @Test
    void anIndexNamesAtMostSoManyTensorsAndFiles() {
        assertThat(ShardedTensors.files(index(weightMap(TENSORS, 1_000)))).hasSize(1_000);
        assertRefused(
                () -> ShardedTensors.files(index(weightMap(TENSORS + 1, 1))),
                "index names 65537 tensors; allowed: at most 65536");
        assertRefused(
                () -> ShardedTensors.files(index(weightMap(1_001, 1_001))),
                "index names 1001 files; allowed: at most 1000");
    }

    @Test
    void aPickleHasAtMostSoManyTensors() {
        String pickle = IntStream.rangeClosed(0, TENSORS)
                .mapToObj(i -> Pickles.text(Integer.toString(i)) + "Ns")
                .collect(Collectors.joining("", "}", "."));
        assertRefused(
                () -> PickledTensors.open(Written.archive(folder.resolve("x.bin"), pickle)),
                "it has too many tensors; allowed: at most 65536");
    }

    @Test
    void anArchiveHasAtMostSoManyEntries() throws IOException {
        Path file = folder.resolve("x.bin");
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            zip.setLevel(0);
            for (int i = 0; i <= TENSORS + 64; i++) {
                zip.putNextEntry(new ZipEntry("archive/data/" + i));
            }
        }
        assertRefused(() -> PickledTensors.open(file), "it has 65601 entries; allowed: at most 65600");
    }

    private static void assertRefused(ThrowingCallable open, String reason) {
        assertThatThrownBy(open)
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(reason)
                .message()
                .hasSizeLessThan(600);
    }

    private Path safetensors(int tensors) {
        return header(IntStream.range(0, tensors)
                .mapToObj(i -> "\"" + i + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}")
                .collect(Collectors.joining(",", "{", "}")));
    }

    private Path padded(int bytes) {
        return header("{}" + " ".repeat(bytes - 2));
    }

    private Path axes(int axes) {
        return header("{\"w\":{\"dtype\":\"F32\",\"shape\":["
                + IntStream.range(0, axes).mapToObj(i -> "0").collect(Collectors.joining(","))
                + "],\"data_offsets\":[0,0]}}");
    }

    private Path header(String json) {
        return Written.safetensors(folder.resolve("x.safetensors"), json);
    }

    private static String weightMap(int tensors, int files) {
        return IntStream.range(0, tensors)
                .mapToObj(i -> "\"" + i + "\":\"" + i % files + ".safetensors\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private Path index(String weightMap) {
        byte[] json = ("{\"weight_map\":" + weightMap + "}").getBytes(StandardCharsets.UTF_8);
        return Written.bytes(folder.resolve("index"), json);
    }
}
