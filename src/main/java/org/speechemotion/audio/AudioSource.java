package org.speechemotion.audio;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of a file come from: any file system. */
@FunctionalInterface
public interface AudioSource extends AudioOpener<String> {
    /**
     * Reads a file.
     *
     * @param most bytes that may be read
     * @throws TooLargeException where the file has more; it is not read then
     * @throws IOException where there is no such file or it cannot be read
     */
    byte[] read(String path, long most) throws IOException;

    /**
     * Opens a file to be read once, in order. File systems open without reading; what has no better way than
     * {@link #read} holds the whole file.
     *
     * @param most bytes that the file may have
     * @throws TooLargeException where the file has more; it is not opened then
     * @throws IOException where there is no such file or it cannot be opened
     */
    @Override
    default Opened open(String path, long most) throws IOException {
        byte[] content = read(path, most);
        return new Opened(new ByteArrayInputStream(content), content.length);
    }

    /**
     * An open file.
     *
     * @param stream stands at the file's beginning
     * @param length how many bytes the file has
     */
    record Opened(InputStream stream, long length) implements Closeable {
        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    /** A file that was left unread for its size. */
    final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        public TooLargeException(long found, long most) {
            super("the file has " + found + " bytes; allowed are at most " + most);
        }
    }
}
