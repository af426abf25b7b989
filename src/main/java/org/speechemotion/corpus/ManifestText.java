package org.speechemotion.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Reads the text of a manifest in UTF-8 or in UTF-16, which spreadsheets write too. */
final class ManifestText {
    /** The maximum size of the file in bytes; a million rows with long paths need half of it. */
    private static final int MAX_BYTES = 1 << 28;

    private ManifestText() {}

    /**
     * Reads a file.
     *
     * @return the text, which may begin with a byte order mark
     * @throws IllegalArgumentException if there is no such file, it is too large, or its text is in an unknown encoding
     */
    static String read(CorpusFiles files, String path) throws IOException {
        if (!files.exists(path)) {
            throw new IllegalArgumentException("there is no manifest file at " + path);
        }
        byte[] bytes;
        try (InputStream in = files.open(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "%s has more than %,d bytes, the maximum of a manifest".formatted(path, MAX_BYTES));
        }
        return decode(bytes, path);
    }

    private static String decode(byte[] bytes, String path) {
        Charset charset = charset(bytes);
        CharsetDecoder decoder = charset.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate((int) Math.ceil(bytes.length * (double) decoder.maxCharsPerByte()));
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            long line = 1
                    + out.flip().chars().filter(character -> character == '\n').count();
            throw new IllegalArgumentException(
                    "%s, line %d: byte 0x%02x is not %s; save the file as UTF-8 (or as UTF-16 with a byte order mark)"
                            .formatted(path, line, bytes[in.position()], charset.name()));
        }
        return out.flip().toString();
    }

    /** Detects the encoding by the byte order mark, or by the positions of zeros in an ASCII header. */
    private static Charset charset(byte[] bytes) {
        if (bytes.length < 2) {
            return StandardCharsets.UTF_8;
        }
        boolean little = (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe) || (bytes[0] != 0 && bytes[1] == 0);
        boolean big = (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff) || (bytes[0] == 0 && bytes[1] != 0);
        return little ? StandardCharsets.UTF_16LE : big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }
}
