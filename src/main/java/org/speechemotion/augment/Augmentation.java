package org.speechemotion.augment;

import java.io.Serializable;
import java.util.List;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Changes a training waveform. An augmentation is a pure function of the waveform and of its random draws. Each
 * implementation is a record of its settings, mostly ranges to draw from, and its constructor validates them.
 */
public interface Augmentation extends Serializable {
    /**
     * Draws the parameters and returns the changed waveform.
     *
     * @param waveform at least one sample; it is not modified
     * @param random a generator that is keyed by the clip, the view and the name of this augmentation
     * @param sounds the recordings of {@link #folders()}
     * @return between 1 and {@link #maxLength} finite samples at the same rate, and a caption. The samples may exceed
     *     [-1, 1], because the chain limits them once at its end
     */
    Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds);

    /**
     * Returns an upper bound on the length of the result.
     *
     * @param samples the length of the input, at least 1
     * @param sampleRate the sample rate in Hz
     */
    default long maxLength(long samples, int sampleRate) {
        return samples;
    }

    /** Returns the folders or lists of recordings that this augmentation draws from, as {@link Sounds} names them. */
    default List<String> folders() {
        return List.of();
    }
}
