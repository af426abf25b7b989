package org.speechemotion.scoring;

import java.util.Optional;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.corpus.Emotion;

/** What a file came out as: every input has exactly one. */
public sealed interface Score {
    /** The answer that is none. */
    String UNCERTAIN = Probabilities.UNCERTAIN;

    String path();

    /**
     * A clip with an emotion.
     *
     * @param durationSeconds of the audio
     * @param probabilities one per emotion in label order, summing to 1
     * @param embedding see {@link org.speechemotion.model.EmotionModel#embeddings}, where it was asked for
     */
    @SuppressWarnings("ArrayRecordComponent") // a row on its way out: compared by nobody
    record Scored(String path, double durationSeconds, float[] probabilities, Optional<float[]> embedding)
            implements Score {
        /** The likeliest emotion, the first in label order of equals. */
        public Emotion emotion() {
            return new Probabilities(probabilities).emotion();
        }

        /** The likeliest emotion's id, or {@value #UNCERTAIN} where its probability is below what is asked for. */
        public String answer(double abstainBelow) {
            return new Probabilities(probabilities).answer(abstainBelow);
        }

        /** The likeliest emotion's probability. */
        public float confidence() {
            return new Probabilities(probabilities).confidence();
        }
    }

    /** A file without a result, and why. */
    record Rejected(String path, RejectionReason reason, String message) implements Score {}
}
