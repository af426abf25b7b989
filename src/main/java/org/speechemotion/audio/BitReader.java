package org.speechemotion.audio;

import java.io.EOFException;

/** Reads bits, the most significant of each byte first. */
final class BitReader {

    private final byte[] bytes;
    private int next;
    private long cache;
    private int cached;

    BitReader(byte[] bytes, int start) {
        this.bytes = bytes;
        this.next = start;
    }

    /** The first byte of which no bit has been read. */
    int position() {
        return next - cached / Byte.SIZE;
    }

    /** Skips what is left of a byte that has been begun. */
    void align() {
        cached -= cached % Byte.SIZE;
    }

    /** The next bits, at most 32, as an unsigned number. */
    long unsigned(int bits) throws EOFException {
        while (cached < bits) {
            cacheByte();
        }
        cached -= bits;
        return (cache >>> cached) & ((1L << bits) - 1);
    }

    /** The next bits, at most 33, in two's complement. */
    long signed(int bits) throws EOFException {
        if (bits == 0) {
            return 0;
        }
        long sign = unsigned(1);
        return (-sign << (bits - 1)) | unsigned(bits - 1);
    }

    /** How many zeros come before the next one, which is read too. */
    long unary() throws EOFException {
        long zeros = 0;
        while (true) {
            if (cached == 0) {
                cacheByte();
            }
            int leading = Long.numberOfLeadingZeros(cache << (Long.SIZE - cached));
            if (leading < cached) {
                cached -= leading + 1;
                return zeros + leading;
            }
            zeros += cached;
            cached = 0;
        }
    }

    private void cacheByte() throws EOFException {
        if (next == bytes.length) {
            throw new EOFException("the file ends at byte " + next);
        }
        cache = (cache << Byte.SIZE) | Byte.toUnsignedInt(bytes[next++]);
        cached += Byte.SIZE;
    }
}
