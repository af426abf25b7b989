package org.speechemotion.scoring;

import java.io.Serializable;
import org.speechemotion.archive.ArchiveEntry;
import org.speechemotion.common.Rejection;

/** What is to have one row: a file as it was when it was listed, or an entry of an archive. */
public sealed interface ScoringInput extends Serializable {
    /** Of a file, qualified; of an entry, {@code archive.zip!/its/name}. */
    String path();

    /** Of the file, or of the entry when it is unpacked. */
    long bytes();

    /** Of the file, or of the archive, in ms since 1970 UTC. */
    long modified();

    /** A file of a file system. */
    record File(String path, long bytes, long modified) implements ScoringInput {}

    /** A file inside an archive, which is named by its qualified path. */
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

    /** How an entry of an archive is named: by a text that looks like a path, and is none. */
    static String inside(String archive, String name) {
        return archive + "!/" + name;
    }
}
