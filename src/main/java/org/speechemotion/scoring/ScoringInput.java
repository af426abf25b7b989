package org.speechemotion.scoring;

import java.io.Serializable;
import org.speechemotion.archive.ArchiveEntry;
import org.speechemotion.common.Rejection;

/** An input of scoring, which gets one row of the table: a file as it was listed, or an entry of an archive. */
public sealed interface ScoringInput extends Serializable {
    /** Returns the qualified path of a file, or {@code archive.zip!/name/of/entry}. */
    String path();

    /** Returns the size of the file, or of the unpacked entry, in bytes. */
    long bytes();

    /** Returns the modification time of the file, or of the archive, in ms since 1970 UTC. */
    long modified();

    /** A file of a file system. */
    record File(String path, long bytes, long modified) implements ScoringInput {}

    /** A file inside an archive; the archive is named by its qualified path. */
    record Entry(String archive, ArchiveEntry.File entry, long modified) implements ScoringInput {
        @Override
        public String path() {
            return inside(archive, entry.name());
        }

        @Override
        public long bytes() {
            return entry.bytes();
        }
    }

    /** An input that is rejected unread: an archive that cannot be listed, an entry that is not a plain file. */
    record Unusable(String path, long bytes, long modified, Rejection rejection) implements ScoringInput {}

    /** Returns the name of an entry of an archive, which looks like a path but cannot be opened as one. */
    static String inside(String archive, String name) {
        return archive + "!/" + name;
    }
}
