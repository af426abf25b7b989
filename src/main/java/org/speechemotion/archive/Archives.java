package org.speechemotion.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.speechemotion.archive.ArchiveEntry.Packing;
import org.speechemotion.audio.AudioSource;

/** Lists archives, and reads single entries out of them. */
public final class Archives {
    private static final String ZIP = ".zip";
    private static final String TAR = ".tar";
    /** What packing may add to an entry, beside an eighth of it: real packers add less than a thousandth. */
    private static final int MOST_OVERHEAD = 1024;

    private Archives() {}

    /** Whether a path is taken for an archive: by its extension, zip or tar in any case. */
    public static boolean isArchive(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(ZIP) || name.endsWith(TAR);
    }

    /**
     * Lists what is in an archive, but folders and hidden files.
     *
     * @param path says which kind it is
     * @return one for every file, link or device; no name twice
     * @throws IOException where the archive is damaged, or has more than the limits allow
     */
    public static List<ArchiveEntry> list(String path, RandomAccess archive, ArchiveLimits limits) throws IOException {
        return path.toLowerCase(Locale.ROOT).endsWith(ZIP)
                ? ZipDirectory.list(archive, limits)
                : TarDirectory.list(archive, limits);
    }

    /**
     * Reads an entry.
     *
     * @param most bytes that it may have
     * @throws AudioSource.TooLargeException where it has more; it is not read then
     * @throws IOException where it is damaged, or not what the archive's directory says
     */
    public static byte[] read(RandomAccess archive, ArchiveEntry.File entry, long most) throws IOException {
        if (entry.bytes() > Math.min(most, Integer.MAX_VALUE - 8)) {
            throw new AudioSource.TooLargeException(entry.bytes(), most);
        }
        if (entry.packing() == Packing.TAR) {
            return archive.read(entry.offset(), (int) entry.bytes());
        }
        if (entry.packedBytes() > entry.bytes() + entry.bytes() / 8 + MOST_OVERHEAD) {
            throw new IOException("the entry has " + entry.packedBytes() + " packed bytes for " + entry.bytes());
        }
        byte[] packed = archive.read(data(archive, entry), (int) entry.packedBytes());
        byte[] bytes = entry.packing() == Packing.ZIP_STORED ? packed : inflate(packed, (int) entry.bytes());
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        if (bytes.length != entry.bytes() || checksum.getValue() != entry.checksum()) {
            throw new IOException(bytes.length + " bytes with the CRC-32 " + Long.toHexString(checksum.getValue())
                    + " are not the " + entry.bytes() + " bytes with " + Long.toHexString(entry.checksum())
                    + " of the zip file's directory");
        }
        return bytes;
    }

    /** Behind the local header, whose extra field may have another length than the directory's. */
    private static long data(RandomAccess archive, ArchiveEntry.File entry) throws IOException {
        ByteBuffer header = ZipDirectory.little(archive.read(entry.offset(), ZipDirectory.LOCAL_HEADER_BYTES));
        if (header.getInt(0) != ZipDirectory.LOCAL_HEADER) {
            throw new IOException("the zip file has no entry at byte " + entry.offset());
        }
        return entry.offset()
                + ZipDirectory.LOCAL_HEADER_BYTES
                + (header.getShort(26) & 0xffff)
                + (header.getShort(28) & 0xffff);
    }

    /** Never to more than was said. */
    private static byte[] inflate(byte[] packed, int size) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] bytes = new byte[size + 1];
            int length = 0;
            while (length <= size && !inflater.finished()) {
                int more = inflater.inflate(bytes, length, bytes.length - length);
                if (more == 0) {
                    break;
                }
                length += more;
            }
            if (length > size) {
                throw new IOException(
                        "the entry unpacks to more than the " + size + " bytes of the zip file's directory");
            }
            return Arrays.copyOf(bytes, length);
        } catch (DataFormatException e) {
            throw new IOException("the entry cannot be unpacked: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }
}
