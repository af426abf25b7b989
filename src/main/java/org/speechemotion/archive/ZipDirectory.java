package org.speechemotion.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.speechemotion.archive.ArchiveEntry.Packing;
import org.speechemotion.audio.RejectionReason;

/**
 * The central directory of a zip file (PKWARE's APPNOTE.TXT 6.3.10, section 4.3.12), zip64 included. It alone lists the
 * entries; its claims are checked when an entry is read.
 */
final class ZipDirectory {
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_BYTES = 46;
    private static final int MAX_DIRECTORY_BYTES = 64 << 20;

    /** Stands for a number that is in the extra field. */
    private static final long IN_ZIP64 = 0xffff_ffffL;

    private static final int ZIP64_FIELD = 1;
    private static final int FIELD_HEAD_BYTES = 4;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int UNIX = 3;
    private static final int KIND = 0xf000;
    private static final int SYMBOLIC_LINK = 0xa000;

    private final ZipEnd end;
    private final ByteBuffer headers;
    private final Directory directory;
    private final ZipExtents extents = new ZipExtents();

    private ZipDirectory(ZipEnd end, ByteBuffer headers, ArchiveLimits limits) {
        this.end = end;
        this.headers = headers;
        directory = new Directory(limits);
    }

    static List<ArchiveEntry> list(RandomAccess archive, ArchiveLimits limits) throws IOException {
        ZipEnd end = ZipEnd.find(archive);
        if (end.directoryBytes() > MAX_DIRECTORY_BYTES) {
            throw new IOException("the zip file's directory has " + end.directoryBytes() + " bytes; allowed: at most "
                    + MAX_DIRECTORY_BYTES);
        }
        ByteBuffer headers = little(archive.read(end.directory(), (int) end.directoryBytes()));
        ZipDirectory read = new ZipDirectory(end, headers, limits);
        read.addAll();
        read.extents.requireComplete(archive, end.directory());
        return read.directory.entries();
    }

    private void addAll() throws IOException {
        for (long i = 0; i < end.entries(); i++) {
            directory.count();
            if (!headers.hasRemaining()) {
                throw new IOException(
                        "the zip file's end counts " + end.entries() + " entries, but its directory has " + i);
            }
            add();
        }
        if (headers.hasRemaining()) {
            throw new IOException("the zip file's end counts " + end.entries() + " entries, but its directory has "
                    + headers.remaining() + " more bytes");
        }
    }

    private void add() throws IOException {
        int at = headers.position();
        if (headers.remaining() < HEADER_BYTES || headers.getInt(at) != HEADER) {
            throw new IOException("the zip file's directory is damaged at its byte " + at);
        }
        int nameBytes = headers.getShort(at + 28) & 0xffff;
        int extraBytes = headers.getShort(at + 30) & 0xffff;
        int commentBytes = headers.getShort(at + 32) & 0xffff;
        if (headers.remaining() < HEADER_BYTES + nameBytes + extraBytes + commentBytes) {
            throw new IOException("the zip file's directory ends inside the entry at its byte " + at);
        }
        byte[] name = new byte[nameBytes];
        headers.get(at + HEADER_BYTES, name);
        ByteBuffer extra =
                headers.slice(at + HEADER_BYTES + nameBytes, extraBytes).order(ByteOrder.LITTLE_ENDIAN);
        ArchiveEntry.File file = file(at, Directory.name(name), extra);
        headers.position(at + HEADER_BYTES + nameBytes + extraBytes + commentBytes);
        extents.add(file.name(), file.offset(), nameBytes, file.packedBytes(), end.directory());
        if (!file.name().endsWith("/") && !Directory.isHidden(file.name())) {
            directory.add(refusal(at, file));
        }
    }

    /** Returns the entry at this byte of the directory, as if it could be read. */
    private ArchiveEntry.File file(int at, String name, ByteBuffer extra) throws IOException {
        ByteBuffer large = zip64(extra);
        // In this order, and only those that are too large for the header.
        long bytes = number(headers.getInt(at + 24), large, name);
        long packed = number(headers.getInt(at + 20), large, name);
        long offset = number(headers.getInt(at + 42), large, name);
        int method = headers.getShort(at + 10) & 0xffff;
        return new ArchiveEntry.File(
                name,
                bytes,
                packed,
                end.prefixBytes() + offset,
                method == STORED ? Packing.ZIP_STORED : Packing.ZIP_DEFLATED,
                Integer.toUnsignedLong(headers.getInt(at + 16)));
    }

    private ArchiveEntry refusal(int at, ArchiveEntry.File file) {
        int flags = headers.getShort(at + 8);
        int method = headers.getShort(at + 10) & 0xffff;
        boolean unix = headers.get(at + 5) == UNIX;
        if (unix && (headers.getInt(at + 38) >>> 16 & KIND) == SYMBOLIC_LINK) {
            return refused(file, "a symbolic link: links in archives are not followed");
        }
        if ((flags & ENCRYPTED) != 0) {
            return refused(file, "encrypted; allowed: entries without a password");
        }
        if (method != STORED && method != DEFLATED) {
            return refused(file, "packed by method " + method + "; allowed: stored (0) and deflated (8)");
        }
        return file;
    }

    /** Returns the content of the zip64 field among the extra fields, each of which has a kind, a length and its bytes. */
    private static ByteBuffer zip64(ByteBuffer extra) {
        while (extra.remaining() >= FIELD_HEAD_BYTES) {
            int kind = extra.getShort() & 0xffff;
            int bytes = extra.getShort() & 0xffff;
            if (bytes > extra.remaining()) {
                break;
            }
            if (kind == ZIP64_FIELD) {
                return extra.slice(extra.position(), bytes).order(ByteOrder.LITTLE_ENDIAN);
            }
            extra.position(extra.position() + bytes);
        }
        return ByteBuffer.allocate(0);
    }

    private static long number(int inHeader, ByteBuffer zip64, String name) throws IOException {
        long number = Integer.toUnsignedLong(inHeader);
        if (number != IN_ZIP64) {
            return number;
        }
        number = zip64.remaining() < Long.BYTES ? -1 : zip64.getLong();
        if (number < 0) {
            throw new IOException("the zip file's entry " + name
                    + " says that its size or offset is in a zip64 field, which lacks it");
        }
        return number;
    }

    private static ArchiveEntry refused(ArchiveEntry.File file, String message) {
        return new ArchiveEntry.Rejected(file.name(), file.bytes(), RejectionReason.UNSUPPORTED.rejection(message));
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
