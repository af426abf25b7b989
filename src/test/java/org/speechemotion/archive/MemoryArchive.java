package org.speechemotion.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** An archive in memory. */
final class MemoryArchive implements RandomAccess {
    private final byte[] bytes;

    MemoryArchive(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws EOFException {
        if (position > bytes.length - length) {
            throw new EOFException("the archive ends before byte " + (position + length));
        }
        System.arraycopy(bytes, Math.toIntExact(position), into, offset, length);
    }

    @Override
    public void close() {}

    byte[] read(ArchiveEntry.File entry, long max) throws IOException {
        try (InputStream stream = Archives.open(this, entry, max)) {
            return stream.readAllBytes();
        }
    }

    List<ArchiveEntry> list(String name) throws IOException {
        return Archives.list(name, this, ArchiveLimits.defaults());
    }

    /** The bytes with a number of that many bytes, little-endian, at the last place of a signature and a distance from it. */
    static byte[] patched(byte[] bytes, int signature, int distance, int length, long value) {
        byte[] patched = bytes.clone();
        ByteBuffer buffer = ByteBuffer.wrap(patched).order(ByteOrder.LITTLE_ENDIAN);
        int at = patched.length - 4;
        while (buffer.getInt(at) != signature) {
            at--;
        }
        for (int i = 0; i < length; i++) {
            patched[at + distance + i] = (byte) (value >>> (8 * i));
        }
        return patched;
    }

    static byte[] content(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
