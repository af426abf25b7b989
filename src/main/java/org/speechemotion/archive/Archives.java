package org.speechemotion.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.speechemotion.archive.ArchiveEntry.Packing;
import org.speechemotion.audio.AudioSource;

/** Lists archives, and reads single entries out of them. */
public final class Archives {
    private static final String ZIP = ".zip";
    private static final String TAR = ".tar";
    /** What packing may add to an entry, beside an eighth of it: real packers add less than a thousandth. */
    private static final int MAX_OVERHEAD = 1024;

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
     * Opens an entry, to be read once and in order. What turns out to be damaged, or not what the archive's directory says,
     * is an {@link IOException} of the stream, with the last byte at the latest.
     *
     * @param archive is closed with the stream
     * @param most bytes that it may have
     * @throws AudioSource.TooLargeException where it has more
     * @throws IOException where it is not there
     */
    public static InputStream open(RandomAccess archive, ArchiveEntry.File entry, long most) throws IOException {
        if (entry.bytes() > most) {
            throw new AudioSource.TooLargeException(entry.bytes(), most);
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
