package org.speechemotion.audio;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Names the formats people mistake for supported ones, so that a rejection says what the file is. */
final class FileSignature {

    private record Known(int offset, String magic, String name) {}

    private static final List<Known> KNOWN = List.of(
            new Known(0, "OggS", "Ogg"),
            new Known(0, "FORM", "AIFF"),
            new Known(0, "caff", "Core Audio"),
            new Known(0, ".snd", "AU"),
            new Known(0, "#!AMR", "AMR"),
            new Known(0, "MThd", "MIDI"),
            new Known(0, "\u001aE\u00df\u00a3", "Matroska or WebM"),
            new Known(0, "0&\u00b2u", "Windows Media"),
            new Known(0, "riff", "Wave64"),
            new Known(0, "PK\u0003\u0004", "ZIP"),
            new Known(0, "\u00ff\u00f1", "AAC"),
            new Known(0, "\u00ff\u00f9", "AAC"),
            new Known(4, "ftyp", "MP4"));

    /** How many bytes {@link #describe} looks at. */
    static final int SHOWN_BYTES = 8;

    private FileSignature() {}

    /** The file's first bytes in hexadecimal, and the format they belong to if it is a known one. */
    static String describe(byte[] file) {
        String bytes = HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(SHOWN_BYTES, file.length));
        return KNOWN.stream()
                .filter(known -> startsWith(file, known.offset, known.magic))
                .findFirst()
                .map(known -> bytes + " (" + known.name + ")")
                .orElse(bytes);
    }

    /** Whether the bytes at an offset are those of a text, one byte for each character. */
    static boolean startsWith(byte[] file, int offset, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (offset < 0 || offset > file.length - expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (file[offset + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
