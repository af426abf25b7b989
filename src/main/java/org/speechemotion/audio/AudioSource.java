package org.speechemotion.audio;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Reads the bytes of files on any file system. */
@FunctionalInterface
public interface AudioSource extends AudioOpener<String> {
    /**
     * Reads a file.
     *
     * @param most the maximum number of bytes that the file may have
     * @throws TooLargeException if the file has more; it is not read then
     * @throws IOException if there is no such file, or it cannot be read
     */
    byte[] read(String path, long most) throws IOException;

    /**
     * Opens a file, to be read once and in order. File systems open it without reading it; this default reads the whole file.
     *
     * @param most the maximum number of bytes that the file may have
     * @throws TooLargeException if the file has more; it is not opened then
     * @throws IOException if there is no such file, or it cannot be opened
     */
    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // a lambda reads; opening follows from it
    default Opened open(String path, long most) throws IOException {
        byte[] content = read(path, most);
        return new Opened(new ByteArrayInputStream(content), content.length);
    }

    /**
     * An open file.
     *
     * @param stream is at the beginning of the file
     * @param length of the file, in bytes
     */
    record Opened(InputStream stream, long length) implements Closeable {
        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    /** The file was not read, because it is too large. */
    final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        public TooLargeException(long found, long most) {
            super("the file has " + found + " bytes; allowed are at most " + most);
        }
    }
}
