package org.speechemotion.archive;

import java.io.Serializable;
import org.speechemotion.common.Rejection;

/** A file in an archive, as the archive's directory lists it. */
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

    /** An entry that is not read. */
    record Rejected(String name, long bytes, Rejection rejection) implements ArchiveEntry {}

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
        Rejected rejected = (Rejected) this;
        return new Rejected(other, rejected.bytes, rejected.rejection);
    }
}
