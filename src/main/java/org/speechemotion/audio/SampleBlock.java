package org.speechemotion.audio;

/** A consumer of the samples of one channel. */
@FunctionalInterface
interface SampleBlock {
    /** Takes the next samples: the first {@code count}, which are valid until this method returns and may be modified. */
    void accept(float[] samples, int count);
}
