package org.speechemotion.audio;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads an open file, up to its length when it was opened, and computes its SHA-256. */
final class HashedStream extends InputStream {

    private static final int PIECE = 1 << 16;

    private final AudioSource.Opened opened;
    private final MessageDigest digest;
    private long read;

    HashedStream(AudioSource.Opened opened) {
        this.opened = opened;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Returns the length of the file in bytes when it was opened. */
    long length() {
        return opened.length();
    }

    /** Returns the name of the file, or "". */
    String name() {
        return opened.name();
    }

    /**
     * Reads the rest of the file and returns the SHA-256 of the whole file as 64 hexadecimal digits.
     *
     * @throws IOException if the rest cannot be read, or the file has become shorter
     */
    String sha256() throws IOException {
        byte[] piece = new byte[PIECE];
        while (read < opened.length()) {
            if (read(piece, 0, piece.length) < 0) {
                throw new IOException("the stream ends at byte " + read + " of " + opened.length());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        // A request for 0 bytes returns 0, which is not the end of the stream.
        if (length > 0 && read == opened.length()) {
            return -1;
        }
        int count;
        try {
            count = opened.stream().read(to, from, (int) Math.min(length, opened.length() - read));
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        }
        if (count > 0) {
            digest.update(to, from, count);
            read += count;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
