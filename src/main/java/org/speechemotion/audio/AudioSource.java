package org.speechemotion.audio;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Reads files of any file system. */
@FunctionalInterface
public interface AudioSource extends AudioOpener<String> {
    /**
     * Reads a file.
     *
     * @param maxBytes the maximum size in bytes
     * @throws TooLargeException if the file is larger; it is then not read
     * @throws IOException if there is no such file or it cannot be read
     */
    byte[] read(String path, long maxBytes) throws IOException;

    /**
     * Opens a file to be read once, in order. The default implementation holds the whole file in memory.
     *
     * @param maxBytes the maximum size in bytes
     * @throws TooLargeException if the file is larger; it is then not opened
     * @throws IOException if there is no such file or it cannot be opened
     */
    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // a lambda reads; opening follows from it
    default Opened open(String path, long maxBytes) throws IOException {
        byte[] content = read(path, maxBytes);
        return new Opened(new ByteArrayInputStream(content), content.length, path);
    }

    /**
     * An open file.
     *
     * @param stream the stream at the beginning of the file
     * @param length the length of the file in bytes
     * @param name the name of the file, or ""
     */
    record Opened(InputStream stream, long length, String name) implements Closeable {
        public Opened(InputStream stream, long length) {
            this(stream, length, "");
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    /** Thrown if a file is too large to be read. */
    final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        public TooLargeException(long found, long maxBytes) {
            super("the file has " + found + " bytes; allowed: at most " + maxBytes);
        }
    }
}
