package org.speechemotion.audio;

import java.io.IOException;

/**
 * Opens inputs as streams of bytes.
 *
 * @param <I> the identity of an input: a path, or the entry of a listing
 */
@FunctionalInterface
public interface AudioOpener<I> {
    /**
     * Opens an input, to be read once and in order.
     *
     * @param maxBytes the maximum number of bytes that the input may have
     * @throws AudioSource.TooLargeException if it has more; it is not opened then
     * @throws IOException if there is no such input, or it cannot be opened
     */
    AudioSource.Opened open(I input, long maxBytes) throws IOException;
}
