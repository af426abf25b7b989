package org.speechemotion.weights;

import java.nio.file.Path;

/**
 * The place of a tensor that a file holds as 32-bit floats in little-endian and row-major order.
 *
 * @param file the file
 * @param offset the offset of the first value in bytes, a multiple of 4
 */
public record FileRange(Path file, long offset) {}
