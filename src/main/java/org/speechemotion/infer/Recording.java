package org.speechemotion.infer;

import java.util.List;
import java.util.Optional;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.audio.SourceFormat;

/** What a file of any length came out as: every input has exactly one. */
public sealed interface Recording {
    /** What stands for the emotion of a segment, a channel or a recording in which nobody speaks. */
    String SILENCE = "silence";

    String path();

    /** SHA-256 of the file's bytes, as 64 hexadecimal digits; nothing where it could not be read to its end. */
    Optional<String> sha256();

    /**
     * A file that was scored.
     *
     * @param durationSeconds of the audio
     * @param source the file as it was
     * @param channels one timeline for the mix, or one for each channel, in the file's order
     */
    record Scored(
            String path, Optional<String> sha256, double durationSeconds, SourceFormat source, List<Timeline> channels)
            implements Recording {}

    /** A file without a result, and why. */
    record Rejected(String path, Optional<String> sha256, RejectionReason reason, String message)
            implements Recording {}
}
