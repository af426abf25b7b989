package org.speechemotion.scoring;

import java.util.Optional;
import org.speechemotion.metrics.Probabilities;

/**
 * A model's answer for one clip, or for one window of a longer recording.
 *
 * @param probabilities the probabilities of the emotions
 * @param embedding see {@link org.speechemotion.model.EmotionModel#embeddings}; empty if it was not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ClipScore(Probabilities probabilities, Optional<float[]> embedding) {
    /** Returns whether no number in it is NaN or infinite. */
    public boolean isFinite() {
        return ClipBatches.areFinite(probabilities.values())
                && embedding.map(ClipBatches::areFinite).orElse(true);
    }
}
