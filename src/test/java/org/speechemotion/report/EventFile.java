package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads TensorBoard's event files, without code of the writer. */
public final class EventFile {
    private EventFile() {}

    /** The files below a folder, by name. */
    public static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The events of a file, each as its last value of every field; fails on a wrong checksum. */
    public static List<Map<Integer, byte[]>> read(Path path) throws IOException {
        ByteBuffer file = little(Files.readAllBytes(path));
        List<Map<Integer, byte[]>> events = new ArrayList<>();
        while (file.hasRemaining()) {
            byte[] length = take(file, 8);
            assertThat(file.getInt()).isEqualTo(masked(length));
            byte[] data = take(file, (int) little(length).getLong());
            assertThat(file.getInt()).isEqualTo(masked(data));
            events.add(fields(data));
        }
        return events;
    }

    /** The only value of an event's summary. */
    public static Map<Integer, byte[]> value(Map<Integer, byte[]> event) {
        return fields(fields(event.get(5)).get(1));
    }

    public static Map<Integer, byte[]> fields(byte[] message) {
        Map<Integer, byte[]> fields = new TreeMap<>();
        ByteBuffer rest = little(message);
        while (rest.hasRemaining()) {
            int tag = (int) varint(rest);
            byte[] content =
                    switch (tag & 7) {
                        case 0 -> little(new byte[8]).putLong(0, varint(rest)).array();
                        case 1 -> take(rest, 8);
                        case 2 -> take(rest, (int) varint(rest));
                        case 5 -> take(rest, 4);
                        default -> throw new AssertionError("wire type " + (tag & 7));
                    };
            fields.put(tag >>> 3, content);
        }
        return fields;
    }

    private static long varint(ByteBuffer rest) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = rest.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static int masked(byte[] data) {
        int crc = crc32c(data);
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    /** Castagnoli's polynomial, bit by bit. */
    static int crc32c(byte[] data) {
        int crc = -1;
        for (byte next : data) {
            crc ^= next & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
            }
        }
        return ~crc;
    }

    private static byte[] take(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    public static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static double real(byte[] bytes) {
        return little(bytes).getDouble();
    }

    static double[] reals(byte[] bytes) {
        double[] values = new double[bytes.length / 8];
        little(bytes).asDoubleBuffer().get(values);
        return values;
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
