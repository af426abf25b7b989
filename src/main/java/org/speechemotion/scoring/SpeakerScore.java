package org.speechemotion.scoring;

import org.speechemotion.asr.Transcript;

/**
 * The scores of a speaker of a recording, whose turns are known.
 *
 * @param speaker the name of the speaker
 * @param channel the channel in which they speak, counted from 1
 * @param timeline the timeline of the turns alone; between them there is no segment
 * @param side the speaking time
 * @param transcript the words in their turns; empty without a speech recogniser
 */
public record SpeakerScore(
        String speaker, int channel, Timeline timeline, CallStatistics.Side side, Transcript transcript) {}
