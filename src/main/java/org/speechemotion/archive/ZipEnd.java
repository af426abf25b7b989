package org.speechemotion.archive;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The end of a zip file (PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16), which locates its directory.
 *
 * @param entries the number of entries of the directory
 * @param directoryBytes the size of the directory
 * @param directory the offset of the directory in the file
 * @param prefixBytes the number to add to all offsets in the directory: the size of a self-extractor, for example, that was
 *     put before the archive
 */
record ZipEnd(long entries, long directoryBytes, long directory, long prefixBytes) {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT_BYTES = 0xffff;

    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_END_BYTES = 56;
    /** Signature and size, which the size does not count. */
    private static final int ZIP64_HEAD_BYTES = 12;

    private static final int MAX_16_BITS = 0xffff;
    private static final long MAX_32_BITS = 0xffff_ffffL;

    /**
     * Finds the end.
     *
     * @throws IOException if there is none, the archive has several parts, or the numbers are inconsistent
     */
    static ZipEnd find(RandomAccess archive) throws IOException {
        long at = position(archive);
        ByteBuffer end = ZipDirectory.little(archive.read(at, END_BYTES));
        long entries = end.getShort(10) & MAX_16_BITS;
        long bytes = end.getInt(12) & MAX_32_BITS;
        long offset = end.getInt(16) & MAX_32_BITS;
        requireWhole((end.getShort(8) & MAX_16_BITS) == entries);
        long after = at;
        if (at >= LOCATOR_BYTES) {
            ByteBuffer locator = ZipDirectory.little(archive.read(at - LOCATOR_BYTES, LOCATOR_BYTES));
            if (locator.getInt(0) == LOCATOR) {
                after = zip64(archive, at - LOCATOR_BYTES, locator.getLong(8));
                ByteBuffer large = ZipDirectory.little(archive.read(after, ZIP64_END_BYTES));
                requireWhole(large.getLong(24) == large.getLong(32));
                entries = larger(entries, MAX_16_BITS, large.getLong(32));
                bytes = larger(bytes, MAX_32_BITS, large.getLong(40));
                offset = larger(offset, MAX_32_BITS, large.getLong(48));
            }
        }
        long prefix = after - bytes - offset;
        if (bytes > after || offset > after || prefix < 0) {
            throw new IOException("the zip file's directory of " + bytes + " bytes at byte " + offset
                    + " does not fit before its end at byte " + after);
        }
        return new ZipEnd(entries, bytes, after - bytes, prefix);
    }

    /** Returns the last record whose comment ends with the file. */
    private static long position(RandomAccess archive) throws IOException {
        int size = (int) Math.min(archive.length(), END_BYTES + MAX_COMMENT_BYTES);
        ByteBuffer tail = ZipDirectory.little(archive.read(archive.length() - size, size));
        for (int at = size - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END && (tail.getShort(at + 20) & MAX_16_BITS) == size - END_BYTES - at) {
                return archive.length() - size + at;
            }
        }
        throw new IOException("the zip file has no end: it is truncated, or no zip file");
    }

    /** The record ends where its locator begins. Behind a prefix, the locator's offset is short of the prefix. */
    private static long zip64(RandomAccess archive, long locator, long offset) throws IOException {
        for (long at : new long[] {locator - ZIP64_END_BYTES, offset}) {
            if (at >= 0 && at <= locator - ZIP64_END_BYTES) {
                ByteBuffer head = ZipDirectory.little(archive.read(at, ZIP64_HEAD_BYTES));
                if (head.getInt(0) == ZIP64_END && head.getLong(4) == locator - at - ZIP64_HEAD_BYTES) {
                    return at;
                }
            }
        }
        throw new IOException("the zip file's zip64 record is not where its locator says, at byte " + offset);
    }

    /** Returns the number of the zip64 record; the old record has the same number, or its largest one where that is too small. */
    private static long larger(long old, long largest, long zip64) throws IOException {
        if (zip64 < 0 || (old != largest && old != zip64)) {
            throw new IOException("the zip file's two end records contradict each other: " + old + " and "
                    + Long.toUnsignedString(zip64));
        }
        return zip64;
    }

    private static void requireWhole(boolean whole) throws IOException {
        if (!whole) {
            throw new IOException("the zip file's end counts entries of other files: it is one part of a split archive,"
                    + " or damaged");
        }
    }
}
