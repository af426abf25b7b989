package org.speechemotion.scoring;

import org.speechemotion.audio.RejectionReason;

/**
 * What became of a clip: every one has exactly one outcome.
 *
 * @param <R> what is made of clips
 */
public sealed interface Outcome<R> {
    /** Where the clip is from; "" where that has no name. */
    String path();

    /**
     * A clip, and what was made of it.
     *
     * @param durationSeconds of the audio
     */
    record Done<R>(String path, double durationSeconds, R result) implements Outcome<R> {}

    /** What is no clip, and why. */
    record Rejected<R>(String path, RejectionReason reason, String message) implements Outcome<R> {}
}
