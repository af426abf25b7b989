package org.speechemotion.scoring;

import java.util.Optional;
import org.speechemotion.metrics.Probabilities;

/**
 * A stretch of a recording's time. Segments follow one another without a gap or an overlap.
 *
 * @param startSeconds from the recording's beginning, in s
 * @param endSeconds from the recording's beginning, in s
 * @param probabilities smoothed over the speech around it; nothing where the segment is silence
 */
public record Segment(double startSeconds, double endSeconds, Optional<Probabilities> probabilities) {
    /** Whether it is speech rather than silence. */
    public boolean speech() {
        return probabilities.isPresent();
    }

    /** How long it lasts, in s. */
    public double seconds() {
        return endSeconds - startSeconds;
    }
}
