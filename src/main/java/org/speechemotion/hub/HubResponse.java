package org.speechemotion.hub;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A response with the content of a file.
 *
 * @param start the offset of the first byte: 0, or the end of an earlier attempt
 * @param size the size of the whole file in bytes according to the sending host
 * @param linkedSize the size of the whole file in bytes according to the hub
 * @param digest the digest of the content according to the hub; those of other hosts are not trusted
 * @param commit the commit of the revision
 * @param encoding the content encoding; {@code identity} for none
 * @param body the bytes from the start on
 */
record HubResponse(
        long start,
        OptionalLong size,
        OptionalLong linkedSize,
        Optional<EntityTag> digest,
        Optional<String> commit,
        String encoding,
        TimedBody body)
        implements AutoCloseable {

    /** Returns the size of the whole file in bytes, if either host has sent it. */
    OptionalLong total() {
        return linkedSize.isPresent() ? linkedSize : size;
    }

    /** Returns the reason for which this response is inconsistent, if it is. */
    Optional<String> contradiction() {
        if (!encoding.equals("identity")) {
            return Optional.of("has the content encoding "
                    + (encoding.length() < 40 ? encoding : encoding.substring(0, 40) + "…") + "; allowed: identity");
        }
        return linkedSize.isPresent() && size.isPresent() && !linkedSize.equals(size)
                ? Optional.of(
                        "is sent with " + size.getAsLong() + " bytes; expected by the hub: " + linkedSize.getAsLong())
                : Optional.empty();
    }

    @Override
    public void close() {
        body.close();
    }
}
