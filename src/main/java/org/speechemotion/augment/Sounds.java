package org.speechemotion.augment;

import org.speechemotion.audio.Waveform;

/** Opens the recordings that augmentations draw from: noise, speech, music and impulse responses. It is thread-safe. */
public interface Sounds {
    /**
     * Returns the recordings of a folder or list.
     *
     * @param folder the folder or list as the settings name it
     * @throws IllegalArgumentException if it was not listed
     */
    SoundFolder folder(String folder);

    /**
     * Returns a mono recording at the sample rate of the training. The caller must not modify it.
     *
     * @throws IllegalArgumentException if it cannot be decoded; the message names it
     */
    Waveform open(String path);
}
