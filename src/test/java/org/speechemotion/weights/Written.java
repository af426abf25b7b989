package org.speechemotion.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** WeightFiles files written by hand, sound or not. */
final class Written {
    private Written() {}

    static Path resource(String name) {
        return Path.of("src/test/resources/weights").resolve(name);
    }

    static Path safetensors(Path file, String header, byte... data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return safetensors(file, json.length, json, data);
    }

    static Path safetensors(Path file, long headerBytes, byte[] header, byte... data) {
        return bytes(
                file,
                ByteBuffer.allocate(Long.BYTES + header.length + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(headerBytes)
                        .put(header)
                        .put(data)
                        .array());
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    static Path bytes(Path file, byte... bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An archive of that pickle and one storage, {@code data/0}, of two floats. */
    static Path archive(Path file, String pickle) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", latin(pickle));
        entries.put("archive/data/0", floats(1, 2));
        return zip(file, entries);
    }

    static Path zip(Path file, Map<String, byte[]> entries) {
        try (OutputStream stream = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            for (Map.Entry<String, byte[]> named : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(named.getKey());
                CRC32 crc = new CRC32();
                crc.update(named.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(named.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(named.getValue());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
