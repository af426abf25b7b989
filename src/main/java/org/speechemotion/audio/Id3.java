package org.speechemotion.audio;

/** The ID3v2 tags in front of some audio (<a href="https://id3.org/id3v2.4.0-structure">id3.org</a>). */
final class Id3 {

    private static final int HEADER_BYTES = 10;
    private static final int FOOTER_FLAG = 0x10;

    private Id3() {}

    /** The first byte after all tags at the beginning, at most the file's length. */
    static int skip(byte[] file) {
        int start = 0;
        while (start <= file.length - HEADER_BYTES && FileSignature.startsWith(file, start, "ID3")) {
            int size = 0;
            for (int i = 6; i < HEADER_BYTES; i++) {
                size = (size << 7) | (file[start + i] & 0x7F);
            }
            int footer = (file[start + 5] & FOOTER_FLAG) != 0 ? HEADER_BYTES : 0;
            start += (int) Math.min((long) HEADER_BYTES + size + footer, file.length - start);
        }
        return start;
    }
}
