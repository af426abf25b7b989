package org.speechemotion.archive;

import java.io.Serializable;
import org.speechemotion.common.Rejection;

/** A file in the directory of an archive. */
public sealed interface ArchiveEntry extends Serializable {
    /**
     * Returns the name in the archive without control characters; the second of equal names ends with {@code #2}, and so
     * on.
     */
    String name();

    /** Returns the unpacked size in bytes. */
    long bytes();

    /**
     * A file that can be read.
     *
     * @param packedBytes the size in the archive in bytes
     * @param offset the offset of its data, or of its local header in a zip file
     * @param checksum the CRC-32 of the unpacked bytes, which tar lacks
     */
    record File(String name, long bytes, long packedBytes, long offset, Packing packing, long checksum)
            implements ArchiveEntry {}

    /** An entry that cannot be read. */
    record Rejected(String name, long bytes, Rejection rejection) implements ArchiveEntry {}

    /** The compression methods. */
    enum Packing {
        TAR,
        ZIP_STORED,
        ZIP_DEFLATED
    }

    /** Returns this entry under another name. */
    default ArchiveEntry named(String other) {
        if (this instanceof File file) {
            return new File(other, file.bytes, file.packedBytes, file.offset, file.packing, file.checksum);
        }
        Rejected rejected = (Rejected) this;
        return new Rejected(other, rejected.bytes, rejected.rejection);
    }
}
