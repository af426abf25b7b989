package org.speechemotion.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import org.speechemotion.archive.ArchiveEntry.Packing;
import org.speechemotion.audio.RejectionReason;

/**
 * The central directory of a zip file (PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.12 and 4.3.16). It alone says what is in
 * the file; its claims are checked when an entry is read.
 */
final class ZipDirectory {
    static final int LOCAL_HEADER = 0x04034b50;
    static final int LOCAL_HEADER_BYTES = 30;

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MOST_COMMENT_BYTES = 0xffff;
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_BYTES = 46;
    private static final long IN_ZIP64 = 0xffff_ffffL;
    private static final int MOST_DIRECTORY_BYTES = 64 << 20;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int UNIX = 3;
    private static final int KIND = 0xf000;
    private static final int SYMBOLIC_LINK = 0xa000;

    private ZipDirectory() {}

    static List<ArchiveEntry> list(RandomAccess archive, ArchiveLimits limits) throws IOException {
        ByteBuffer end = end(archive);
        int count = end.getShort(10) & 0xffff;
        long size = end.getInt(12) & IN_ZIP64;
        long offset = end.getInt(16) & IN_ZIP64;
        if (count == 0xffff || size == IN_ZIP64 || offset == IN_ZIP64) {
            throw new IOException("the archive is of the zip64 kind, for more than 65,534 entries or 4 GiB: allowed are"
                    + " smaller zip files, and tar");
        }
        if (size > MOST_DIRECTORY_BYTES) {
            throw new IOException(
                    "the zip file's directory has " + size + " bytes: allowed are " + MOST_DIRECTORY_BYTES);
        }
        ByteBuffer headers = little(archive.read(offset, (int) size));
        Directory directory = new Directory(limits);
        for (int i = 0; i < count; i++) {
            directory.count();
            add(headers, directory);
        }
        List<ArchiveEntry> entries = directory.entries();
        requireApart(entries, offset);
        return entries;
    }

    /** The end of central directory record: the last one whose comment ends with the file. */
    private static ByteBuffer end(RandomAccess archive) throws IOException {
        int size = (int) Math.min(archive.length(), END_BYTES + MOST_COMMENT_BYTES);
        ByteBuffer tail = little(archive.read(archive.length() - size, size));
        for (int at = size - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END && (tail.getShort(at + 20) & 0xffff) == size - END_BYTES - at) {
                return tail.slice(at, END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        throw new IOException("the zip file has no end: it is truncated, or no zip file");
    }

    private static void add(ByteBuffer headers, Directory directory) throws IOException {
        int at = headers.position();
        if (headers.remaining() < HEADER_BYTES || headers.getInt(at) != HEADER) {
            throw new IOException("the zip file's directory is damaged at its byte " + at);
        }
        int nameBytes = headers.getShort(at + 28) & 0xffff;
        int rest = (headers.getShort(at + 30) & 0xffff) + (headers.getShort(at + 32) & 0xffff);
        if (headers.remaining() < HEADER_BYTES + nameBytes + rest) {
            throw new IOException("the zip file's directory ends inside the entry at its byte " + at);
        }
        byte[] name = new byte[nameBytes];
        headers.get(at + HEADER_BYTES, name);
        headers.position(at + HEADER_BYTES + nameBytes + rest);
        ArchiveEntry entry = entry(headers, at, Directory.name(name));
        if (!entry.name().endsWith("/") && !Directory.isHidden(entry.name())) {
            directory.add(entry);
        }
    }

    private static ArchiveEntry entry(ByteBuffer headers, int at, String name) throws IOException {
        int flags = headers.getShort(at + 8);
        int method = headers.getShort(at + 10) & 0xffff;
        long packed = headers.getInt(at + 20) & IN_ZIP64;
        long bytes = headers.getInt(at + 24) & IN_ZIP64;
        long offset = headers.getInt(at + 42) & IN_ZIP64;
        if (packed == IN_ZIP64 || bytes == IN_ZIP64 || offset == IN_ZIP64) {
            throw new IOException(name + " is of the zip64 kind: allowed are zip files below 4 GiB, and tar");
        }
        boolean unix = headers.get(at + 5) == UNIX;
        if (unix && (headers.getInt(at + 38) >>> 16 & KIND) == SYMBOLIC_LINK) {
            return refused(name, bytes, "a symbolic link: links in archives are not followed");
        }
        if ((flags & ENCRYPTED) != 0) {
            return refused(name, bytes, "encrypted: allowed are entries without a password");
        }
        if (method != STORED && method != DEFLATED) {
            return refused(name, bytes, "packed by method " + method + ": allowed are stored (0) and deflated (8)");
        }
        Packing packing = method == STORED ? Packing.ZIP_STORED : Packing.ZIP_DEFLATED;
        return new ArchiveEntry.File(name, bytes, packed, offset, packing, headers.getInt(at + 16) & IN_ZIP64);
    }

    private static ArchiveEntry refused(String name, long bytes, String message) {
        return new ArchiveEntry.Refused(name, bytes, RejectionReason.UNSUPPORTED, message);
    }

    /** A few bytes that many entries share can unpack to any amount (Fifield, "A better zip bomb", WOOT 2019). */
    private static void requireApart(List<ArchiveEntry> entries, long directory) throws IOException {
        List<ArchiveEntry.File> files = entries.stream()
                .filter(ArchiveEntry.File.class::isInstance)
                .map(ArchiveEntry.File.class::cast)
                .sorted(Comparator.comparingLong(ArchiveEntry.File::offset))
                .toList();
        for (int i = 0; i < files.size(); i++) {
            long next = i + 1 < files.size() ? files.get(i + 1).offset() : directory;
            if (files.get(i).offset() + LOCAL_HEADER_BYTES + files.get(i).packedBytes() > next) {
                throw new IOException("the zip file's entry " + files.get(i).name() + " lies over what follows it");
            }
        }
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
