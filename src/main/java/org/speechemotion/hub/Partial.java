package org.speechemotion.hub;

import java.util.Optional;

/**
 * What is there of a file.
 *
 * @param bytes how many
 * @param identity of the content they are of; where there is none, they are of no use
 */
record Partial(long bytes, Optional<ContentTag> identity) {
    static final Partial NONE = new Partial(0, Optional.empty());

    boolean isResumable() {
        return bytes > 0 && identity.isPresent();
    }
}
