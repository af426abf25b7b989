package org.speechemotion.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Puts WAV files together, well-formed ones and others. */
final class WavBytes {

    private record Chunk(String id, long size, ByteBuffer content) {}

    private final List<Chunk> chunks = new ArrayList<>();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private String riff = "RIFF";
    private Long riffSize;

    WavBytes bigEndian() {
        order = ByteOrder.BIG_ENDIAN;
        riff = "RIFX";
        return this;
    }

    WavBytes riff(String id, long size) {
        riff = id;
        riffSize = size;
        return this;
    }

    WavBytes format(int tag, int channels, int sampleRate, int bits) {
        return format(tag, channels, sampleRate, bits, channels * ((bits + 7) / 8));
    }

    WavBytes format(int tag, int channels, int sampleRate, int bits, int frameBytes) {
        return chunk("fmt ", formatFields(16, tag, channels, sampleRate, bits, frameBytes));
    }

    /** WAVE_FORMAT_EXTENSIBLE, with the format tag as the start of its sub-format's GUID. */
    WavBytes extensible(int tag, int channels, int sampleRate, int bits) {
        byte[] fields = formatFields(40, 0xFFFE, channels, sampleRate, bits, channels * ((bits + 7) / 8));
        ByteBuffer buffer = ByteBuffer.wrap(fields).order(order);
        buffer.putShort(16, (short) 22).putShort(18, (short) bits).putShort(24, (short) tag);
        byte[] tail = {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71};
        System.arraycopy(tail, 0, fields, 26, tail.length);
        return chunk("fmt ", fields);
    }

    WavBytes data(int... bytes) {
        return chunk("data", bytes(bytes));
    }

    WavBytes dataOfDeclaredSize(long size, int... bytes) {
        return chunk("data", size, bytes(bytes));
    }

    WavBytes chunk(String id, byte[] content) {
        return chunk(id, content.length, content);
    }

    WavBytes chunk(String id, long declaredSize, byte[] content) {
        chunks.add(new Chunk(id, declaredSize, ByteBuffer.wrap(content)));
        return this;
    }

    byte[] build() {
        int length = 12
                + chunks.stream()
                        .mapToInt(chunk -> 8 + chunk.content.capacity() + (chunk.content.capacity() & 1))
                        .sum();
        ByteBuffer file = ByteBuffer.allocate(length).order(order);
        file.put(ascii(riff))
                .putInt((int) (riffSize == null ? length - 8 : riffSize))
                .put(ascii("WAVE"));
        for (Chunk chunk : chunks) {
            file.put(ascii(chunk.id)).putInt((int) chunk.size).put(chunk.content);
            if ((chunk.content.capacity() & 1) == 1) {
                file.put((byte) 0);
            }
        }
        return file.array();
    }

    private byte[] formatFields(int size, int tag, int channels, int sampleRate, int bits, int frameBytes) {
        ByteBuffer fields = ByteBuffer.allocate(size).order(order);
        fields.putShort((short) tag)
                .putShort((short) channels)
                .putInt(sampleRate)
                .putInt(sampleRate * frameBytes);
        return fields.putShort((short) frameBytes).putShort((short) bits).array();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
