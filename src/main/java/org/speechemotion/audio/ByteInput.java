package org.speechemotion.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a file, once, in order, with a look ahead of at least {@value #LOOK_AHEAD}. How many there are is known:
 * where the file ends is an {@link EOFException} and the file's own fault; a stream that ends before it, or fails in any
 * other way, is another {@link IOException}.
 */
final class ByteInput {

    /** How far ahead one can look: past the two longest frames of MP3, 1441 bytes each, and the header behind them. */
    static final int LOOK_AHEAD = 4096;

    private static final int BUFFER = 1 << 16;

    private final InputStream stream;
    private final long length;
    private final byte[] buffer;
    private long taken;
    private long limit;
    private int start;
    private int end;

    /** Where the bytes end in the buffer that may be read: at its own end, or at the limit. */
    private int stop;

    ByteInput(InputStream stream, long length) {
        this.stream = stream;
        this.length = length;
        limit = length;
        buffer = new byte[(int) Math.max(LOOK_AHEAD, Math.min(BUFFER, length))];
    }

    /** Of the whole file, in bytes. */
    long length() {
        return length;
    }

    /** How many bytes have been read. */
    long position() {
        return taken - (end - start);
    }

    /** How many bytes have not been read, up to the limit. */
    long remaining() {
        return limit - position();
    }

    /** Makes the input end at this position, or where the file does if that is before it. */
    void limit(long position) {
        limit = Math.min(position, length);
        bound();
    }

    /** The next byte, 0 to 255. */
    int read() throws IOException {
        if (start == stop && !buffered(1)) {
            throw new EOFException("the file ends at byte " + limit);
        }
        return Byte.toUnsignedInt(buffer[start++]);
    }

    /** The next bytes, into the beginning of an array. */
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

    /** Passes over the next bytes, or all that are left. */
    void skip(long count) throws IOException {
        for (long left = Math.min(count, remaining()); left > 0; ) {
            buffered(1);
            int piece = (int) Math.min(left, stop - start);
            start += piece;
            left -= piece;
        }
    }

    /** The next bytes, which stay unread: fewer where the file ends, at most {@value #LOOK_AHEAD}. */
    byte[] ahead(int count) throws IOException {
        int found = buffered(count) ? count : stop - start;
        byte[] bytes = new byte[found];
        System.arraycopy(buffer, start, bytes, 0, found);
        return bytes;
    }

    /** Four bytes ahead as one number, the most significant first, which stay unread; 0 stands beyond the file's end. */
    int fourAhead(int offset) throws IOException {
        int found = buffered(offset + Integer.BYTES) ? Integer.BYTES : stop - start - offset;
        int bits = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            bits = (bits << Byte.SIZE) | (i < found ? Byte.toUnsignedInt(buffer[start + offset + i]) : 0);
        }
        return bits;
    }

    /** Whether so many bytes could be laid into the buffer: not where the file ends before. */
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

    private int take(int most) throws IOException {
        int read;
        try {
            read = stream.read(buffer, end, most);
        } catch (EOFException | RuntimeException e) {
            throw new IOException(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        }
        if (read < 1) {
            throw new IOException("the stream ends at byte " + taken + " of " + length);
        }
        return read;
    }
}
