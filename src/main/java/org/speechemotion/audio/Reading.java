package org.speechemotion.audio;

import java.util.Optional;
import org.speechemotion.common.Result;

/** The result of reading a recording as a stream. */
public sealed interface Reading {
    /** SHA-256 of all bytes of the file, as 64 hexadecimal digits; empty if it could not be read to its end. */
    Optional<String> sha256();

    /**
     * The recording was decoded, and all of its samples went to the consumer, or it was rejected.
     *
     * @param result the format of the file, or the reason of the rejection
     */
    record Decoded(Result<SourceFormat> result, Optional<String> sha256) implements Reading {}

    /** The recording was read but not decoded, because its content is one of {@link DuplicateFilter}. */
    record Duplicate(String content) implements Reading {
        @Override
        public Optional<String> sha256() {
            return Optional.of(content);
        }
    }
}
