package org.speechemotion.audio;

/** Takes the samples of a file while it is decoded. Where the file is rejected in the end, what it took is worth nothing. */
public interface SampleConsumer {
    /**
     * Begins; called once, before any sample.
     *
     * @param channels how many there are: 1 for the mix
     * @param certain how many samples each will have at least, as far as is known, or 0
     */
    void begin(int channels, long certain);

    /**
     * Takes the next samples of a channel.
     *
     * @param channel from 0 on
     * @param samples full scale is [-1, 1], which floating-point recordings may exceed; at the decoder's sample rate; the first {@code count} are valid, until this returns
     */
    void accept(int channel, float[] samples, int count);
}
