package org.speechemotion.audio;

/** Takes the next samples of one channel. */
@FunctionalInterface
interface SampleBlock {
    /** The first {@code count} are valid, until this returns; they may be written to. */
    void accept(float[] samples, int count);
}
