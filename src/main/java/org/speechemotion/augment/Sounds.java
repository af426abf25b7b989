package org.speechemotion.augment;

import java.util.List;
import org.speechemotion.audio.Waveform;

/** Recordings that augmentations draw from: noise, speech, music, rooms. Thread-safe. */
public interface Sounds {
    /**
     * The recordings below a folder or in a list, in an order that their names alone decide.
     *
     * @param folder as the settings name it
     * @throws IllegalArgumentException where the folder was not listed, or has none
     */
    List<String> below(String folder);

    /**
     * A recording, mono, at the sample rate of training; not to be written to.
     *
     * @throws IllegalArgumentException where it cannot be decoded; the message names it
     */
    Waveform open(String path);

    /** For chains that need none. */
    static Sounds none() {
        return new Sounds() {
            @Override
            public List<String> below(String folder) {
                throw new IllegalArgumentException("folder " + folder + " was not listed");
            }

            @Override
            public Waveform open(String path) {
                throw new IllegalArgumentException(path + " is not a recording of a listed folder");
            }
        };
    }
}
