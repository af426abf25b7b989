package org.speechemotion.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The bytes that a zip file's directory accounts for. No two entries may share bytes, because a few bytes that many entries
 * share can unpack to any amount (Fifield, "A better zip bomb", WOOT 2019). Nor may there be an entry between them that the
 * directory does not list, as where two archives were joined.
 */
final class ZipExtents {
    static final int LOCAL_HEADER = 0x04034b50;
    static final int LOCAL_HEADER_BYTES = 30;

    /** Lengths of a data descriptor: none, and without or with its signature, of zip and of zip64. */
    private static final int[] DESCRIPTOR_BYTES = {0, 12, 16, 20, 24};

    /** The place of an entry: its local header has at least so many bytes, and its data exactly so many. */
    private record Extent(String name, long offset, long headerBytes, long packedBytes) {
        long leastEnd() {
            return offset + headerBytes + packedBytes;
        }
    }

    private final List<Extent> extents = new ArrayList<>();

    /**
     * Adds an entry of any kind.
     *
     * @param end offset behind everything that may be an entry
     * @throws IOException where the entry is not before that
     */
    void add(String name, long offset, int nameBytes, long packedBytes, long end) throws IOException {
        long headerBytes = (long) LOCAL_HEADER_BYTES + nameBytes;
        if (offset < 0 || packedBytes < 0 || offset > end - headerBytes || packedBytes > end - headerBytes - offset) {
            throw overlap(name);
        }
        extents.add(new Extent(name, offset, headerBytes, packedBytes));
    }

    /**
     * Checks the whole.
     *
     * @param end offset behind the last entry
     * @throws IOException where entries overlap, or one is between them that is not listed
     */
    void requireComplete(RandomAccess archive, long end) throws IOException {
        extents.sort(Comparator.comparingLong(Extent::offset));
        requireNoEntry(archive, 0, extents.isEmpty() ? end : extents.get(0).offset());
        for (int i = 0; i < extents.size(); i++) {
            Extent extent = extents.get(i);
            long next = i + 1 < extents.size() ? extents.get(i + 1).offset() : end;
            if (extent.leastEnd() > next) {
                throw overlap(extent.name());
            }
            // Mostly there is no room for another entry, so that few local headers are read.
            if (next - extent.leastEnd() > LOCAL_HEADER_BYTES) {
                long data = data(archive, extent.offset()) + extent.packedBytes();
                for (int descriptor : DESCRIPTOR_BYTES) {
                    requireNoEntry(archive, data + descriptor, next);
                }
            }
        }
    }

    /** Returns the offset behind a local header, whose extra field may have another length than the directory's. */
    static long data(RandomAccess archive, long offset) throws IOException {
        ByteBuffer header = ZipDirectory.little(archive.read(offset, LOCAL_HEADER_BYTES));
        if (header.getInt(0) != LOCAL_HEADER) {
            throw new IOException("the zip file has no entry at byte " + offset);
        }
        return offset + LOCAL_HEADER_BYTES + (header.getShort(26) & 0xffff) + (header.getShort(28) & 0xffff);
    }

    private static void requireNoEntry(RandomAccess archive, long from, long to) throws IOException {
        if (to - from > LOCAL_HEADER_BYTES
                && ZipDirectory.little(archive.read(from, Integer.BYTES)).getInt(0) == LOCAL_HEADER) {
            throw new IOException("the zip file has an entry at byte " + from
                    + " that its directory does not list: it is" + " damaged, or two archives in one file");
        }
    }

    private static IOException overlap(String name) {
        return new IOException("the zip file's entry " + name + " overlaps the next one");
    }
}
