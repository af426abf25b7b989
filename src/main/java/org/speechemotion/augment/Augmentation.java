package org.speechemotion.augment;

import java.io.Serializable;
import java.util.List;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * One way to change a training waveform: a pure function of the waveform and of what it draws. Implementations are
 * records of their settings, the ranges that they draw from; their constructors check them.
 */
public interface Augmentation extends Serializable {
    /**
     * Draws and applies.
     *
     * @param waveform of at least one sample; left untouched
     * @param random the draw, started from the clip, the view and this augmentation's name
     * @param sounds the recordings below {@link #folders()}
     * @return finite samples, from one to {@link #longest} of them, at the same rate, and what was drawn. They may lie
     *     outside [-1, 1]: the chain sees to that once, at its end
     */
    Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds);

    /**
     * Most samples that come out of so many.
     *
     * @param samples of the input, at least 1
     * @param sampleRate in Hz
     */
    default long longest(long samples, int sampleRate) {
        return samples;
    }

    /** Folders or lists of recordings that it draws from, as {@link Sounds} knows them. */
    default List<String> folders() {
        return List.of();
    }
}
