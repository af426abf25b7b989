package org.speechemotion.scoring;

import java.util.Optional;
import org.speechemotion.metrics.Probabilities;

/**
 * A segment of a recording. Segments follow one another without gaps or overlaps.
 *
 * @param startSeconds the time of its beginning in the recording, in s
 * @param endSeconds the time of its end in the recording, in s
 * @param probabilities smoothed over the speech around the segment; empty if the segment is silence
 */
public record Segment(double startSeconds, double endSeconds, Optional<Probabilities> probabilities) {
    /** Returns whether the segment is speech rather than silence. */
    public boolean speech() {
        return probabilities.isPresent();
    }

    /** Returns the duration of the segment, in s. */
    public double seconds() {
        return endSeconds - startSeconds;
    }
}
