package org.speechemotion.augment;

import org.speechemotion.audio.Waveform;

/**
 * What became of a waveform.
 *
 * @param caption what was drawn, for people: {@code gain -3.2 dB}
 */
public record Augmented(Waveform waveform, String caption) {}
