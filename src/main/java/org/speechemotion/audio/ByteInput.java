package org.speechemotion.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the bytes of a file once, in order, with a look-ahead of at least {@value #LOOK_AHEAD} bytes. The length of the
 * file is known: reading beyond it throws an {@link EOFException}, because the file is damaged, and a stream that ends
 * earlier or fails throws another {@link IOException}.
 */
final class ByteInput {

    /** The look-ahead in bytes, enough for the two longest MP3 frames, 1441 bytes each, and the header after them. */
    static final int LOOK_AHEAD = 4096;

    private static final int BUFFER = 1 << 16;

    private final InputStream stream;
    private final long length;
    private final byte[] buffer;
    private long taken;
    private long limit;
    private int start;
    private int end;

    /** The end of the readable bytes in the buffer, which is its own end or the limit. */
    private int stop;

    ByteInput(InputStream stream, long length) {
        this.stream = stream;
        this.length = length;
        limit = length;
        buffer = new byte[(int) Math.max(LOOK_AHEAD, Math.min(BUFFER, length))];
    }

    /** Returns the length of the whole file in bytes. */
    long length() {
        return length;
    }

    /** Returns the number of bytes that have been read. */
    long position() {
        return taken - (end - start);
    }

    /** Returns the number of unread bytes up to the limit. */
    long remaining() {
        return limit - position();
    }

    /** Makes the input end at a position, or at the end of the file if that is earlier. */
    void limit(long position) {
        limit = Math.min(position, length);
        bound();
    }

    /** Reads the next byte, 0 to 255. */
    int read() throws IOException {
        if (start == stop && !buffered(1)) {
            throw new EOFException("the file ends at byte " + limit);
        }
        return Byte.toUnsignedInt(buffer[start++]);
    }

    /** Reads the next bytes into the beginning of an array. */
    void read(byte[] to, int count) throws IOException {
        for (int copied = 0; copied < count; ) {
            if (start == stop && !buffered(1)) {
                throw new EOFException("the file ends at byte " + limit);
            }
            int piece = Math.min(count - copied, stop - start);
            System.arraycopy(buffer, start, to, copied, piece);
            start += piece;
            copied += piece;
        }
    }

    /** Returns the bytes up to the limit as a stream, which reads them from this input. */
    InputStream rest() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return remaining() == 0 ? -1 : ByteInput.this.read();
            }

            @Override
            public int read(byte[] to, int from, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (remaining() == 0 || !buffered(1)) {
                    return -1;
                }
                int count = Math.min(length, stop - start);
                System.arraycopy(buffer, start, to, from, count);
                start += count;
                return count;
            }

            @Override
            public int available() {
                return (int) Math.min(Integer.MAX_VALUE, remaining());
            }
        };
    }

    /** Skips the next bytes, or all remaining ones if there are fewer. */
    void skip(long count) throws IOException {
        for (long left = Math.min(count, remaining()); left > 0; ) {
            buffered(1);
            int piece = (int) Math.min(left, stop - start);
            start += piece;
            left -= piece;
        }
    }

    /** Returns the next bytes without reading them, at most {@value #LOOK_AHEAD}; fewer at the end of the file. */
    byte[] ahead(int count) throws IOException {
        int found = buffered(count) ? count : stop - start;
        byte[] bytes = new byte[found];
        System.arraycopy(buffer, start, bytes, 0, found);
        return bytes;
    }

    /** Returns four bytes ahead as a big-endian number without reading them; bytes beyond the end of the file are 0. */
    int fourAhead(int offset) throws IOException {
        int found = buffered(offset + Integer.BYTES) ? Integer.BYTES : stop - start - offset;
        int bits = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            bits = (bits << Byte.SIZE) | (i < found ? Byte.toUnsignedInt(buffer[start + offset + i]) : 0);
        }
        return bits;
    }

    /** Fills the buffer and returns whether it has the given number of unread bytes; the file may end before. */
    private boolean buffered(int count) throws IOException {
        if (stop - start >= count) {
            return true;
        }
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        while (end < count && taken < limit) {
            int read = take((int) Math.min(buffer.length - end, length - taken));
            end += read;
            taken += read;
        }
        bound();
        return stop - start >= count;
    }

    private void bound() {
        stop = (int) Math.max(start, Math.min(end, limit - (taken - end)));
    }

    private int take(int count) throws IOException {
        int read;
        try {
            read = stream.read(buffer, end, count);
        } catch (EOFException | RuntimeException e) {
            throw new IOException(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        }
        if (read < 1) {
            throw new IOException("the stream ends at byte " + taken + " of " + length);
        }
        return read;
    }
}
