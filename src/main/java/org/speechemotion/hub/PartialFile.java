package org.speechemotion.hub;

import java.util.Optional;

/**
 * The state of an incomplete file.
 *
 * @param bytes the number of bytes received
 * @param identity the tag of the content; the bytes cannot be used without it
 */
record PartialFile(long bytes, Optional<EntityTag> identity) {
    static final PartialFile NONE = new PartialFile(0, Optional.empty());

    boolean isResumable() {
        return bytes > 0 && identity.isPresent();
    }
}
