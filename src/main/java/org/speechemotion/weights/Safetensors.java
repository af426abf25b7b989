package org.speechemotion.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the <a href="https://huggingface.co/docs/safetensors">safetensors</a> format: 8 bytes with the length of the header,
 * the header in JSON, and the values of the tensors. Files may have any size.
 */
public final class Safetensors implements Tensors {
    /** 256 bytes for each of the allowed tensors. The reference implementation allows 100 MB. */
    private static final long MAX_HEADER_BYTES = 16 << 20;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, SafetensorsHeader.Entry> entries;
    private final Map<String, Shape> shapes;
    private final long dataStart;

    private Safetensors(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        byte[] header = header(channel);
        dataStart = Long.BYTES + (long) header.length;
        entries = SafetensorsHeader.parse(header, channel.size() - dataStart);
        Map<String, Shape> named = new LinkedHashMap<>();
        entries.forEach((name, entry) -> named.put(name, entry.shape()));
        shapes = Collections.unmodifiableMap(named);
    }

    /**
     * Opens a file and validates its header.
     *
     * @throws WeightsException if it cannot be read or violates the format
     */
    public static Safetensors open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException(file + " is not a file");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file);
            return new Safetensors(file, channel);
        } catch (IOException | RuntimeException e) {
            close(channel, e);
            throw new WeightsException(
                    file + " is not a valid safetensors file: " + (e instanceof WeightsException ? e.getMessage() : e),
                    e);
        }
    }

    @Override
    public Map<String, Shape> shapes() {
        return shapes;
    }

    @Override
    public float[] read(String name) {
        SafetensorsHeader.Entry entry = entries.get(name);
        if (entry == null) {
            throw new WeightsException(file + " has no tensor " + name);
        }
        String tensor = file + ": tensor " + name;
        Values.requireReadable(tensor, entry.type(), entry.shape().count());
        try {
            float[] values = Values.read(new PositionedSource(channel, dataStart + entry.start()), entry.type(), (int)
                    entry.shape().count());
            return Values.requireFinite(tensor, values);
        } catch (IOException e) {
            throw new WeightsException(tensor + " cannot be read: " + e, e);
        }
    }

    @Override
    public Optional<FileRange> range(String name) {
        return Optional.ofNullable(entries.get(name))
                .filter(entry -> entry.type() == ElementType.F32)
                .map(entry -> new FileRange(file, dataStart + entry.start()))
                .filter(range -> range.offset() % Float.BYTES == 0);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new WeightsException(file + " cannot be closed: " + e, e);
        }
    }

    private static byte[] header(FileChannel channel) throws IOException {
        if (channel.size() < Long.BYTES) {
            throw new WeightsException("it has " + channel.size() + " bytes; allowed: at least " + Long.BYTES);
        }
        byte[] length = new byte[Long.BYTES];
        PositionedSource source = new PositionedSource(channel, 0);
        source.read(length, Long.BYTES);
        long bytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long max = Math.min(MAX_HEADER_BYTES, channel.size() - Long.BYTES);
        if (bytes < 2 || bytes > max) {
            throw new WeightsException(
                    "its header has " + Long.toUnsignedString(bytes) + " bytes; allowed: 2 to " + max);
        }
        byte[] header = new byte[(int) bytes];
        source.read(header, header.length);
        return header;
    }

    private static void close(FileChannel channel, Exception reason) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }

    /** Reads from its own position, so that threads can share the channel. */
    private static final class PositionedSource implements Values.Source {
        private final FileChannel channel;
        private long position;

        PositionedSource(FileChannel channel, long position) {
            this.channel = channel;
            this.position = position;
        }

        @Override
        public void read(byte[] bytes, int count) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, position);
                if (read < 0) {
                    throw new EOFException("the file ends at byte " + position);
                }
                position += read;
            }
        }
    }
}
