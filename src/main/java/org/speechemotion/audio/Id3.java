package org.speechemotion.audio;

import java.io.IOException;

/** The ID3v2 tags in front of some audio (<a href="https://id3.org/id3v2.4.0-structure">id3.org</a>). */
final class Id3 {

    private static final int HEADER_BYTES = 10;
    private static final int FOOTER_FLAG = 0x10;

    private Id3() {}

    /** Reads past all tags at the beginning, at most to the file's end. */
    static void skip(ByteInput input) throws IOException {
        while (true) {
            byte[] header = input.ahead(HEADER_BYTES);
            if (header.length < HEADER_BYTES || !FileSignature.startsWith(header, 0, "ID3")) {
                return;
            }
            int size = 0;
            for (int i = 6; i < HEADER_BYTES; i++) {
                size = (size << 7) | (header[i] & 0x7F);
            }
            int footer = (header[5] & FOOTER_FLAG) != 0 ? HEADER_BYTES : 0;
            input.skip((long) HEADER_BYTES + size + footer);
        }
    }
}
