package org.speechemotion.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.speechemotion.archive.ArchiveEntry.Packing;
import org.speechemotion.audio.AudioSource;

/** Lists archives and reads single entries. */
public final class Archives {
    private static final String ZIP = ".zip";
    private static final String TAR = ".tar";
    /**
     * The maximum number of bytes that compression may add to an entry, besides an eighth of it; real compressors add
     * less than a thousandth.
     */
    private static final int MAX_OVERHEAD = 1024;

    private Archives() {}

    /** Returns whether a path has the extension of an archive, zip or tar in any case. */
    public static boolean isArchive(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(ZIP) || name.endsWith(TAR);
    }

    /**
     * Lists the entries of an archive except folders and hidden files.
     *
     * @param path the path, whose extension determines the format
     * @return an entry for every file, link or device, with distinct names
     * @throws IOException if the archive is damaged or exceeds the limits
     */
    public static List<ArchiveEntry> list(String path, RandomAccess archive, ArchiveLimits limits) throws IOException {
        return path.toLowerCase(Locale.ROOT).endsWith(ZIP)
                ? ZipDirectory.list(archive, limits)
                : TarDirectory.list(archive, limits);
    }

    /**
     * Opens an entry to be read once, in order. If the entry is damaged or contradicts the directory of the archive, the
     * stream throws an {@link IOException} at the latest with the last byte.
     *
     * @param archive the archive, which is closed with the stream
     * @param maxBytes the maximum size in bytes
     * @throws AudioSource.TooLargeException if the entry is larger
     * @throws IOException if there is no such entry
     */
    public static InputStream open(RandomAccess archive, ArchiveEntry.File entry, long maxBytes) throws IOException {
        if (entry.bytes() > maxBytes) {
            throw new AudioSource.TooLargeException(entry.bytes(), maxBytes);
        }
        if (entry.packedBytes() > entry.bytes() + entry.bytes() / 8 + MAX_OVERHEAD) {
            throw new IOException("the entry has " + entry.packedBytes() + " packed bytes for " + entry.bytes());
        }
        long position = entry.packing() == Packing.TAR ? entry.offset() : ZipExtents.data(archive, entry.offset());
        if (position < 0 || position > archive.length() - entry.packedBytes()) {
            throw new EOFException("the archive ends before byte " + (position + entry.packedBytes()));
        }
        return new EntryStream(archive, entry, position);
    }
}
