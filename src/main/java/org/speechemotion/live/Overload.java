package org.speechemotion.live;

/** The treatment of audio that arrives faster than it can be scored. */
public enum Overload {
    /** The source waits, so every window is scored: for files. */
    WAIT,
    /** Whole windows are skipped and reported, so the delay stays bounded: for microphones. */
    SKIP
}
