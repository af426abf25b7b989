package org.speechemotion.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Reads an entry lazily. At its end, the length and the checksum are compared with the directory of the archive; more
 * bytes are never returned. Closing it closes the archive.
 */
final class EntryStream extends InputStream {
    private static final int BUFFER = 1 << 16;

    private final RandomAccess archive;
    private final ArchiveEntry.File entry;
    private final Inflater inflater = new Inflater(true);
    private final InputStream content;
    private final CRC32 checksum = new CRC32();
    private long read;

    /** Opens an entry at the position of its first packed byte. */
    EntryStream(RandomAccess archive, ArchiveEntry.File entry, long position) {
        this.archive = archive;
        this.entry = entry;
        InputStream packed = new Packed(archive, position, entry.packedBytes());
        content = entry.packing() == ArchiveEntry.Packing.ZIP_DEFLATED
                ? new InflaterInputStream(packed, inflater, BUFFER)
                : packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        if (read == entry.bytes()) {
            return -1;
        }
        int count = content.read(to, from, (int) Math.min(length, entry.bytes() - read));
        if (count < 0) {
            throw new IOException("the entry ends at byte " + read + " of " + entry.bytes());
        }
        checksum.update(to, from, count);
        read += count;
        if (read == entry.bytes()) {
            requireAsListed();
        }
        return count;
    }

    private void requireAsListed() throws IOException {
        if (content.read() >= 0) {
            throw new IOException(
                    "the entry unpacks to more than the " + entry.bytes() + " bytes in the directory of the archive");
        }
        if (entry.packing() != ArchiveEntry.Packing.TAR && checksum.getValue() != entry.checksum()) {
            throw new IOException("the entry has the CRC-32 " + Long.toHexString(checksum.getValue()) + " and not "
                    + Long.toHexString(entry.checksum()) + ", as the zip file's directory says");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        archive.close();
    }

    /** Reads the packed bytes. */
    private static final class Packed extends InputStream {
        private final RandomAccess archive;
        private final long end;
        private long position;

        Packed(RandomAccess archive, long position, long bytes) {
            this.archive = archive;
            this.position = position;
            end = position + bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (position == end) {
                return -1;
            }
            int count = (int) Math.min(length, end - position);
            archive.read(position, to, from, count);
            position += count;
            return count;
        }
    }
}
