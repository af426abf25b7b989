package org.speechemotion.archive;

import java.io.Serializable;
import org.speechemotion.audio.RejectionReason;

/** What an archive's directory says of one file in it. */
public sealed interface ArchiveEntry extends Serializable {
    /** As the archive has it, without control characters; of equal names, the second ends in {@code #2}, and so on. */
    String name();

    /** Unpacked. */
    long bytes();

    /**
     * A file that can be read.
     *
     * @param packedBytes it has in the archive
     * @param offset of its data, or for zip of its local header
     * @param checksum CRC-32 of the bytes; tar has none
     */
    record File(String name, long bytes, long packedBytes, long offset, Packing packing, long checksum)
            implements ArchiveEntry {}

    /** Something that is not read, and why. */
    record Refused(String name, long bytes, RejectionReason reason, String message) implements ArchiveEntry {}

    /** How the bytes lie in the archive. */
    enum Packing {
        TAR,
        ZIP_STORED,
        ZIP_DEFLATED
    }

    /** The same under another name. */
    default ArchiveEntry named(String other) {
        if (this instanceof File file) {
            return new File(other, file.bytes, file.packedBytes, file.offset, file.packing, file.checksum);
        }
        Refused refused = (Refused) this;
        return new Refused(other, refused.bytes, refused.reason, refused.message);
    }
}
