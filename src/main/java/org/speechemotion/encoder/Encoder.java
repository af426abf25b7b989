package org.speechemotion.encoder;

import java.util.List;

/**
 * Turns mono waveforms into frames of features.
 *
 * <p>A clip's frames never depend on the clips encoded with it: an encoder that pads internally masks its padding.
 * Encoders are immutable and safe for use by several threads at once, until they are closed.
 */
public interface Encoder extends AutoCloseable {

    /** The name the encoder is opened by. */
    String name();

    /** Sample rate of the waveforms it takes, in Hz. */
    int sampleRate();

    /** Features per frame. */
    int width();

    /** Frames per second of audio, in Hz: the sample rate over the hop. */
    double framesPerSecond();

    /**
     * Exactly how many frames {@link #encode} gives for a waveform of this length, at least 1.
     *
     * @param samples length of the waveform, at least 1
     * @throws IllegalArgumentException if there are no samples
     */
    int frames(int samples);

    /**
     * Encodes each waveform by itself.
     *
     * @param waveforms mono, at {@link #sampleRate()}, finite, of any lengths from 1 sample; left untouched
     * @return per waveform, in the same order, its frames {@code [frames(samples), width()]}
     * @throws IllegalArgumentException if a waveform has no samples
     */
    List<Frames> encode(List<float[]> waveforms);

    /**
     * Whether a clip by itself costs what it costs in a batch, and gives the same bits: then callers may share out a batch
     * among threads of their own. Otherwise a batch is better left together.
     */
    default boolean takesClipsOneByOne() {
        return false;
    }

    /** SHA-256, in hex, of the name and of every setting and weight that decides the output. */
    String fingerprint();

    @Override
    void close();
}
