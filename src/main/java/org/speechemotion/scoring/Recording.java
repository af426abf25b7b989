package org.speechemotion.scoring;

import java.util.Optional;
import org.speechemotion.common.Result;

/**
 * A recording that was read, and its scores. There is exactly one for each input.
 *
 * @param <I> the identity of an input
 */
public sealed interface Recording<I> {
    /** The input as it was given to the scorer. */
    I input();

    /** SHA-256 of the file's bytes, as 64 hexadecimal digits; empty if it could not be read to its end. */
    Optional<String> sha256();

    /** A recording that was scored or rejected. */
    record Finished<I>(I input, Optional<String> sha256, Result<ScoredRecording> result) implements Recording<I> {}

    /** A recording that was not scored, because its content is one of {@link org.speechemotion.audio.DuplicateFilter}. */
    record Duplicate<I>(I input, String content) implements Recording<I> {
        @Override
        public Optional<String> sha256() {
            return Optional.of(content);
        }
    }
}
