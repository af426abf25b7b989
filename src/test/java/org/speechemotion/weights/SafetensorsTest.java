package org.speechemotion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest extends TensorsContract {
    private static final String TWO_FLOATS = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

    @Override
    Tensors open() {
        return Safetensors.open(Written.resource("module.safetensors"));
    }

    @Test
    void readsTensorsOfNoValuesAndHeadersPaddedWithSpaces() {
        Path file = file(
                "{\"none\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[0,0]},"
                        + "\"one\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}   ",
                Written.floats(3));
        try (Tensors tensors = Safetensors.open(file)) {
            assertThat(tensors.read("none")).isEmpty();
            assertThat(tensors.read("one")).containsExactly(3);
        }
    }

    @Test
    void readsBeyondTwoGibibytes() throws IOException {
        long zeros = 5L << 29;
        String header = "{\"zeros\":{\"dtype\":\"U8\",\"shape\":[" + zeros + "],\"data_offsets\":[0," + zeros + "]},"
                + "\"last\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[" + zeros + "," + (zeros + 4) + "]},"
                + "\"long\":{\"dtype\":\"F16\",\"shape\":[0],\"data_offsets\":[" + (zeros + 4) + "," + (zeros + 4)
                + "]}}";
        Path file = file(header); // sparse: only its ends take space
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(Written.floats(0.5f)), channel.size() + zeros);
        }
        try (Tensors tensors = Safetensors.open(file)) {
            assertThat(tensors.read("last")).containsExactly(0.5f);
        }
    }

    @Test
    void rejectsTensorsThatExceedAnArray() throws IOException {
        long count = 1L << 31;
        Path file = file(
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[2," + count / 2 + "],\"data_offsets\":[0," + 2 * count + "]}}");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), channel.size() + 2 * count - 1);
        }
        try (Tensors tensors = Safetensors.open(file)) {
            assertThatThrownBy(() -> tensors.read("a"))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining("has 2147483648 values; allowed: at most");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, 1, 58, 100_000_001})
    void rejectsTruncatedHeaders(long claimed) {
        byte[] header = TWO_FLOATS.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(
                        () -> Safetensors.open(Written.safetensors(folder.resolve("x.safetensors"), claimed, header)))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("header")
                .hasMessageContaining("x.safetensors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":T[0,4]},\"a\":T[4,8]}}               | Duplicate field 'a'",
                "{\"a\":T[0,4],\"dtype\":\"F32\"},\"b\":T[4,8]}}  | Duplicate field 'dtype'",
                "{\"a\":T[0,4]},\"b\":T[0,4]}}               | they overlap",
                "{\"a\":T[0,4]},\"b\":T[2,6]}}               | they overlap",
                "{\"b\":T[4,8]}}                             | tensor b starts at byte 4 of the data, but the previous"
                        + " one ends at 0: there is a gap",
                "{\"a\":T[0,4]}}                             | there is other data after them",
                "{\"a\":T[0,4]},\"b\":T[4,8]},\"c\":T[8,12]}}| the file is truncated",
                "{\"a\":T[0,8]}}                             | tensor a has 8 bytes, but F32 of shape [1] has 1 values"
                        + " of 4 bytes",
                "{\"a\":T[0,5]}}                             | tensor a has 5 bytes",
                "{\"a\":T[8,0]}}                             | data_offsets [8, 0]; allowed: a start and an end that"
                        + " is not before it",
                "{\"a\":T[-8,0]}}                            | data_offsets [-8,0]; allowed: integers",
                "{\"a\":T[0,4,8]}}                           | data_offsets [0, 4, 8]",
                "{\"a\":T[0.0,4]}}                           | allowed: integers",
                "{\"a\":T[0,9223372036854775808]}}           | allowed: integers",
                "{\"a\":T0}}                                 | no list data_offsets",
                "{\"a\":T[0,4],\"x\":1}}                     | must have exactly dtype, shape and data_offsets",
                "{\"a\":7}                                   | must have exactly dtype, shape and data_offsets",
                "{\"a\":null}                                | must have exactly dtype, shape and data_offsets",
                "{\"a\":{\"dtype\":\"F33\",\"shape\":[2],\"data_offsets\":[0,8]}} | dtype F33; allowed: [BOOL",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}} | impossible"
                        + " shape [4294967296, 4294967296]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,8]}}   | has"
                        + " 4611686018427387904 values",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2,-1],\"data_offsets\":[0,8]}}                 | allowed:"
                        + " integers",
                "{\"__metadata__\":{\"a\":1}}                | not a map from strings to strings",
                "{\"__metadata__\":[]}                       | not a map from strings to strings",
                "{\"a\":T[0,8]}} {}                          | tensor a",
                "{} {}                                       | its header continues after the JSON object",
                "[]                                          | does not start with {",
                "` {}`                                       | does not start with {",
                "{\"a\":                                     | not JSON",
                "{]                                          | not JSON",
                "{NaN:1}                                     | not JSON",
            })
    void rejectsInvalidHeaders(String header, String reason) {
        Path file =
                file(header.replace("T", "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":"), Written.floats(1, 2));
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(file + " is not a valid safetensors file: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesDeepNesting() {
        assertThatThrownBy(() -> Safetensors.open(file("{\"a\":" + "[".repeat(100_000))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("not JSON");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesNumbersThatAreNotFinite(float value) {
        Path file = file(TWO_FLOATS, Written.floats(1, value));
        try (Tensors tensors = Safetensors.open(file)) {
            assertThatThrownBy(() -> tensors.read("a"))
                    .isInstanceOf(WeightsException.class)
                    .hasMessage(file + ": tensor a has the value " + value + " at position 1; allowed: finite numbers");
        }
    }

    @Test
    void rejectsFilesThatAreTruncatedLater() {
        Path file = file(TWO_FLOATS, Written.floats(1, 2));
        try (Tensors tensors = Safetensors.open(file)) {
            file(TWO_FLOATS, Written.floats(1));
            assertThatThrownBy(() -> tensors.read("a"))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining("the file ends");
        }
    }

    @Test
    void namesTheMissingFile() {
        assertThatThrownBy(() -> Safetensors.open(folder.resolve("none")))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("none is not a file");
    }

    private Path file(String header, byte... data) {
        return Written.safetensors(folder.resolve("x.safetensors"), header, data);
    }
}
