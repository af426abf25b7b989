package org.speechemotion.scoring;

import org.speechemotion.audio.Decoding;

/**
 * What was read as one clip, or why it could not be.
 *
 * @param path where from; "" where it has none
 */
public record DecodedClip(String path, Decoding decoding) {}
