package org.speechemotion.hub;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that is about to come.
 *
 * @param start the first byte that comes: 0, or where an earlier attempt ended
 * @param size of the whole file in bytes, as who sends it says
 * @param linkedSize of the whole file in bytes, as the hub says
 * @param identity changes with the content; to resume by
 * @param digest what the content must match; only the hub itself is believed, not whoever it redirects to
 * @param commit that the revision stands for
 * @param encoding of the bytes; {@code identity} for none
 * @param body the bytes from the start on
 */
record Answer(
        long start,
        OptionalLong size,
        OptionalLong linkedSize,
        Optional<ContentTag> identity,
        Optional<ContentTag> digest,
        Optional<String> commit,
        String encoding,
        Body body)
        implements AutoCloseable {

    /** The size of the whole file in bytes, where either says it. */
    OptionalLong total() {
        return linkedSize.isPresent() ? linkedSize : size;
    }

    /** What this answer says against itself. */
    Optional<String> contradiction() {
        if (!encoding.equals("identity")) {
            return Optional.of("comes encoded as " + (encoding.length() < 40 ? encoding : "something long"));
        }
        return linkedSize.isPresent() && size.isPresent() && !linkedSize.equals(size)
                ? Optional.of("is sent with " + size.getAsLong() + " bytes; the hub says " + linkedSize.getAsLong())
                : Optional.empty();
    }

    @Override
    public void close() {
        body.close();
    }
}
