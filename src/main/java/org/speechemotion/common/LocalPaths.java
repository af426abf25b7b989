package org.speechemotion.common;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes paths of the local file system as text, and reads them back, without losing a byte.
 *
 * <p>A name on Unix is any sequence of bytes. Java shows every byte that is not UTF-8 as U+FFFD, so that two names can
 * look alike and neither can be opened by its text. Here such a byte is U+FFFD followed by two hexadecimal digits, for
 * example {@code caf�E9.wav}; the character U+FFFD itself is written as its three bytes. All other names are unchanged.
 */
public final class LocalPaths {
    private static final char MARK = '\uFFFD';
    private static final String ESCAPED_MARK = MARK + "EF" + MARK + "BF" + MARK + "BD";
    private static final int DIGITS = 2;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private LocalPaths() {}

    /** Returns the text of an absolute path. */
    public static String text(Path path) {
        String text = path.toString();
        return text.indexOf(MARK) < 0 ? text : decode(bytes(path));
    }

    /**
     * Returns the path of a text.
     *
     * @throws InvalidPathException if no path has this text, because it contains a NUL character
     */
    public static Path of(String text) {
        if (text.indexOf(MARK) < 0) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                if (text.indexOf('\0') >= 0) {
                    throw e;
                }
                // The locale lacks a character of the path, but the file system does not depend on the locale.
            }
        }
        String absolute = text.startsWith("/") ? text : text(Path.of("").toAbsolutePath()) + "/" + text;
        StringBuilder uri = new StringBuilder("file://");
        for (byte value : encode(absolute)) {
            uri.append(value == '/' ? "/" : "%" + HEX.toHexDigits(value));
        }
        return Path.of(URI.create(uri.toString()));
    }

    /** Returns the bytes of a path through its URI, the only form in which Java exposes them. */
    private static byte[] bytes(Path path) {
        String uri = path.toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(uri, i + 1, i + 1 + DIGITS));
                i += DIGITS;
            } else {
                bytes.write(uri.charAt(i));
            }
        }
        byte[] all = bytes.toByteArray();
        // Java adds a slash to the URI of a directory.
        boolean slash = all.length > 1 && all[all.length - 1] == '/';
        return slash ? Arrays.copyOf(all, all.length - 1) : all;
    }

    private static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder text = new StringBuilder();
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            text.append(out.flip().toString().replace(String.valueOf(MARK), ESCAPED_MARK));
            out.clear();
            if (result.isUnderflow()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                text.append(MARK).append(HEX.toHexDigits(in.get()));
            }
            decoder.reset();
        }
    }

    private static byte[] encode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length()) {
            int escaped = text.charAt(i) == MARK ? escaped(text, i + 1) : -1;
            if (escaped >= 0) {
                bytes.write(escaped);
                i += 1 + DIGITS;
            } else {
                int next = text.offsetByCodePoints(i, 1);
                bytes.writeBytes(text.substring(i, next).getBytes(StandardCharsets.UTF_8));
                i = next;
            }
        }
        return bytes.toByteArray();
    }

    /** Returns the byte whose hexadecimal digits begin at an index, or -1. */
    private static int escaped(String text, int start) {
        int end = start + DIGITS;
        return end <= text.length() && text.substring(start, end).matches("[0-9A-F]{2}")
                ? HexFormat.fromHexDigits(text, start, end)
                : -1;
    }
}
