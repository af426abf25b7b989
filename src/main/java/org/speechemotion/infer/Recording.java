package org.speechemotion.infer;

import org.speechemotion.audio.Decoding;

/**
 * What was read, or why it could not be.
 *
 * @param path where from; "" where it has none
 */
public record Recording(String path, Decoding decoding) {}
