package org.speechemotion.audio;

/** The cyclic redundancy checks of FLAC (RFC 9639, sections 9.1.8 and 9.3), most significant bit first. */
final class Crc {

    static final Crc EIGHT = new Crc(8, 0x07);
    static final Crc SIXTEEN = new Crc(16, 0x8005);

    private final int width;
    private final int[] table = new int[256];

    private Crc(int width, int polynomial) {
        this.width = width;
        for (int value = 0; value < table.length; value++) {
            int remainder = value << (width - 8);
            for (int bit = 0; bit < 8; bit++) {
                remainder = (remainder << 1) ^ (((remainder >> (width - 1)) & 1) * polynomial);
            }
            table[value] = remainder & mask();
        }
    }

    /** Returns the checksum after one more byte, 0 to 255; the initial checksum is 0. */
    int next(int checksum, int value) {
        int top = (checksum >> (width - 8)) ^ value;
        return ((checksum << 8) & mask()) ^ table[top];
    }

    private int mask() {
        return (1 << width) - 1;
    }
}
