package org.speechemotion.asr;

/**
 * A token of a label sequence, aligned with the frames.
 *
 * @param id the index of the token in the vocabulary
 * @param start its first frame
 * @param end the frame after its last one
 * @param logProbability the natural logarithm of its greatest probability in these frames
 */
record CtcToken(int id, int start, int end, float logProbability) {}
