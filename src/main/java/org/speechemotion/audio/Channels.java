package org.speechemotion.audio;

/** What is made of the channels of a file. */
public enum Channels {
    /** One: the mean of all. */
    MIX,
    /** Each by itself, at most eight. */
    EACH
}
