package org.speechemotion.scoring;

import java.io.Serializable;

/**
 * A time in which a speaker speaks.
 *
 * @param speaker the name of the speaker
 * @param channel the channel, counted from 1
 * @param startSeconds the time of its beginning in the recording, in s
 * @param endSeconds the time of its end in the recording, in s
 */
public record SpeakerTurn(String speaker, int channel, double startSeconds, double endSeconds)
        implements Serializable {}
