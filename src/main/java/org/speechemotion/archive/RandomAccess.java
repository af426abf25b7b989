package org.speechemotion.archive;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Random access to the bytes of a file. */
public interface RandomAccess extends Closeable {
    long length() throws IOException;

    /**
     * Reads exactly that many bytes.
     *
     * @throws EOFException if the file ends before
     */
    void read(long position, byte[] into, int offset, int length) throws IOException;

    /**
     * Reads exactly that many bytes.
     *
     * @throws EOFException if the file ends before; nothing is allocated then
     */
    default byte[] read(long position, int length) throws IOException {
        if (position < 0 || length < 0 || position > length() - length) {
            throw new EOFException("the archive ends before byte " + (position + length));
        }
        byte[] bytes = new byte[length];
        read(position, bytes, 0, length);
        return bytes;
    }

    /** Returns access to a local file; closing it closes the channel. */
    static RandomAccess of(FileChannel channel) {
        return new RandomAccess() {
            @Override
            public long length() throws IOException {
                return channel.size();
            }

            @Override
            public void read(long position, byte[] into, int offset, int length) throws IOException {
                ByteBuffer rest = ByteBuffer.wrap(into, offset, length);
                while (rest.hasRemaining()) {
                    if (channel.read(rest, position + rest.position() - offset) < 0) {
                        throw new EOFException("the archive ends before byte " + (position + length));
                    }
                }
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
