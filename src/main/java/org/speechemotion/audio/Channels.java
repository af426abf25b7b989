package org.speechemotion.audio;

/** The treatment of a file's channels. */
public enum Channels {
    /** All channels are mixed to their mean. */
    MIX,
    /** The channels are separate, at most eight. */
    EACH
}
