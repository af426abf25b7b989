package org.speechemotion.audio;

/** A consumer of the samples of a file during decoding. If the file is rejected later, its samples must be discarded. */
public interface SampleConsumer {
    /**
     * Begins the samples; called once, before any sample.
     *
     * @param channels the number of channels; 1 for the mix
     * @param certain the known minimum number of samples of each channel, or 0
     */
    void begin(int channels, long certain);

    /**
     * Takes the next samples of a channel.
     *
     * @param channel the channel, counted from 0
     * @param samples the samples at the decoder's sample rate with a full scale of [-1, 1], which floating-point
     *     recordings may exceed; valid until this method returns
     * @param count the number of valid samples at the beginning of the array
     */
    void accept(int channel, float[] samples, int count);
}
