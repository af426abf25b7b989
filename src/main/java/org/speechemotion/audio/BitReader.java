package org.speechemotion.audio;

import java.io.EOFException;
import java.io.IOException;

/**
 * Reads bits, the most significant of each byte first, and computes FLAC's two checksums of the bytes that were read in
 * whole or in part. At the end of the file it throws an {@link EOFException}.
 */
final class BitReader {

    private final ByteInput input;
    private long cache;
    private int cached;
    private int eight;
    private int sixteen;

    BitReader(ByteInput input) {
        this.input = input;
    }

    /** Returns the position of the first byte of which no bit has been read. */
    long position() {
        return input.position() - cached / Byte.SIZE;
    }

    /** Skips the remaining bits of a partly read byte. */
    void align() {
        cached -= cached % Byte.SIZE;
    }

    /** Resets both checksums. */
    void beginChecksums() {
        eight = 0;
        sixteen = 0;
    }

    /** Returns {@link Crc#EIGHT} of the bytes since {@link #beginChecksums}. */
    int checksumEight() {
        return eight;
    }

    /** Returns {@link Crc#SIXTEEN} of the bytes since {@link #beginChecksums}. */
    int checksumSixteen() {
        return sixteen;
    }

    /** Reads up to 32 bits as an unsigned number. */
    long unsigned(int bits) throws IOException {
        while (cached < bits) {
            cacheByte();
        }
        cached -= bits;
        return (cache >>> cached) & ((1L << bits) - 1);
    }

    /** Reads up to 33 bits in two's complement. */
    long signed(int bits) throws IOException {
        if (bits == 0) {
            return 0;
        }
        long sign = unsigned(1);
        return (-sign << (bits - 1)) | unsigned(bits - 1);
    }

    /** Reads zeros up to and including the next one bit, and returns their number. */
    long unary() throws IOException {
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

    private void cacheByte() throws IOException {
        int next = input.read();
        eight = Crc.EIGHT.next(eight, next);
        sixteen = Crc.SIXTEEN.next(sixteen, next);
        cache = (cache << Byte.SIZE) | next;
        cached += Byte.SIZE;
    }
}
