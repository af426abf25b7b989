package org.speechemotion.audio;

import java.io.IOException;

/** Where the bytes of a file come from: any file system. */
@FunctionalInterface
public interface AudioSource {
    /**
     * Reads a file.
     *
     * @param most bytes that may be read
     * @throws TooLargeException where the file has more; it is not read then
     * @throws IOException where there is no such file or it cannot be read
     */
    byte[] read(String path, long most) throws IOException;

    /** A file that was left unread for its size. */
    final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        public TooLargeException(long found, long most) {
            super("the file has " + found + " bytes; allowed are at most " + most);
        }
    }
}
