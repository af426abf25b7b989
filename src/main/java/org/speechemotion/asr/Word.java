package org.speechemotion.asr;

import java.io.Serializable;

/**
 * A word of a transcript.
 *
 * @param text the word, without white space
 * @param startSeconds the time at which its first character begins, in s
 * @param endSeconds the time at which its last character ends, in s
 * @param confidence the geometric mean of the probabilities of its characters, 0 to 1
 */
public record Word(String text, double startSeconds, double endSeconds, double confidence) implements Serializable {

    /** Returns the time halfway between start and end, in s. */
    public double middleSeconds() {
        return (startSeconds + endSeconds) / 2;
    }

    /** Returns this word at a later time, in s. */
    public Word shifted(double seconds) {
        return new Word(text, startSeconds + seconds, endSeconds + seconds, confidence);
    }
}
