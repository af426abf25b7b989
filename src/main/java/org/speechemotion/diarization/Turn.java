package org.speechemotion.diarization;

/**
 * A time in which a speaker speaks.
 *
 * @param speaker the number of the speaker, counted from 1 in the order in which they first speak
 * @param start the first frame of 10 ms
 * @param end the frame after the last one
 */
public record Turn(int speaker, int start, int end) {}
