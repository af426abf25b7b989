package org.speechemotion.scoring;

import org.speechemotion.acoustics.FrameLevels;

/** Detects clips that are digitally silent. */
public final class DigitalSilence {
    private DigitalSilence() {}

    /**
     * Returns whether no frame of 10 ms is above {@value FrameLevels#DIGITAL_SILENCE} dB of full scale. Scoring uses the same rule for
     * recordings of one window.
     *
     * @param sampleRate the sample rate in Hz
     */
    public static boolean isThroughout(float[] samples, int sampleRate) {
        FrameLevels levels = new FrameLevels(sampleRate);
        levels.accept(samples, samples.length);
        levels.finish();
        return !SpeechMap.ofOne(levels, samples.length).speech(0);
    }
}
