package org.speechemotion.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Skips the tags that programs write before, between and after the frames of any audio: ID3v1, ID3v2 (<a
 * href="https://id3.org/id3v2.4.0-structure">id3.org</a>), and APE.
 */
final class Tags {

    private static final int ID3_HEADER_BYTES = 10;
    private static final int ID3_FOOTER_FLAG = 0x10;
    private static final int ID3V1_BYTES = 128;
    private static final int APE_HEADER_BYTES = 32;
    private static final int APE_SIZE_OFFSET = 12;
    private static final int APE_IS_HEADER = 0x20;

    private Tags() {}

    /** Skips all tags at the position of the input. */
    static void skipAll(ByteInput input) throws IOException {
        while (skip(input)) {
            // Another tag may follow.
        }
    }

    /** Skips the tag at the position of the input and returns whether there was one. */
    static boolean skip(ByteInput input) throws IOException {
        long size = size(input);
        input.skip(size);
        return size > 0;
    }

    private static long size(ByteInput input) throws IOException {
        int first = input.fourAhead(0);
        if (first >>> 8 == 0x494433) { // ID3
            return id3(input.ahead(ID3_HEADER_BYTES));
        }
        if (first >>> 8 == 0x544147 && input.remaining() >= ID3V1_BYTES) { // TAG
            return ID3V1_BYTES;
        }
        if (first == 0x41504554) { // APET
            return ape(input.ahead(APE_HEADER_BYTES));
        }
        return 0;
    }

    private static long id3(byte[] header) {
        if (header.length < ID3_HEADER_BYTES || header[3] == -1 || header[4] == -1) {
            return 0;
        }
        int size = 0;
        for (int i = 6; i < ID3_HEADER_BYTES; i++) {
            size = (size << 7) | (header[i] & 0x7F);
        }
        return (long) ID3_HEADER_BYTES + size + ((header[5] & ID3_FOOTER_FLAG) != 0 ? ID3_HEADER_BYTES : 0);
    }

    /** Returns the size of an APE tag; its size field counts the data after its header, including the footer. */
    private static long ape(byte[] header) {
        if (header.length < APE_HEADER_BYTES || !FileSignature.startsWith(header, 0, "APETAGEX")) {
            return 0;
        }
        boolean isHeader = (header[APE_SIZE_OFFSET + 11] & APE_IS_HEADER) != 0;
        long size = Integer.toUnsignedLong(
                ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(APE_SIZE_OFFSET));
        return APE_HEADER_BYTES + (isHeader ? size : 0);
    }
}
