package org.speechemotion.augment;

import org.speechemotion.audio.Waveform;

/**
 * An augmented waveform.
 *
 * @param caption a readable description of the draws, such as {@code gain -3.2 dB}
 */
public record Augmented(Waveform waveform, String caption) {}
