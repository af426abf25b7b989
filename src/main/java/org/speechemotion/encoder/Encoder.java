package org.speechemotion.encoder;

import java.util.List;

/**
 * Turns mono waveforms into frames of features.
 *
 * <p>The frames of a clip never depend on the other clips of the call, so an encoder that pads internally must mask its
 * padding. Encoders are immutable and thread-safe until they are closed.
 */
public interface Encoder extends AutoCloseable {

    /** Returns the {@link EncoderFactory#name()} that opened the encoder. */
    String name();

    /** Returns the sample rate of its input in Hz. */
    int sampleRate();

    /** Returns the number of features per frame. */
    int width();

    /** Returns the frame rate in Hz, which is the sample rate divided by the hop length. */
    double framesPerSecond();

    /** Returns the number of leading values of a frame that describe its prosody; 0 if none do. */
    default int prosodyWidth() {
        return 0;
    }

    /**
     * Returns the largest number of frames, at least 1, that {@link #encode} returns for a waveform. It returns fewer if it
     * leaves out frames without speech.
     *
     * @param samples the length of the waveform, at least 1
     * @throws IllegalArgumentException if there are no samples
     */
    int maxFrames(int samples);

    /**
     * Encodes each waveform independently of the others.
     *
     * @param waveforms finite mono samples at {@link #sampleRate()}, of any length from 1; they are not modified
     * @return for each waveform, in order, its frames {@code [time, width()]}, with a time from 1 to {@code maxFrames(samples)}
     * @throws IllegalArgumentException if a waveform has no samples
     */
    List<Frames> encode(List<float[]> waveforms);

    /**
     * Returns whether encoding a clip alone is as fast as encoding it in a batch, and bit-identical. If so, callers may
     * distribute a batch over their own threads; otherwise they should keep it together.
     */
    default boolean takesClipsOneByOne() {
        return false;
    }

    /** Returns the SHA-256, in hexadecimal, of the name and of every setting and weight that determines the output. */
    String fingerprint();

    @Override
    void close();
}
