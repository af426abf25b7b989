package org.speechemotion.audio;

import java.io.EOFException;

/**
 * What a FLAC file says of itself (RFC 9639, section 8.2).
 *
 * @param sampleRate in Hz
 * @param channels from 1 to 8
 * @param depth in bits per sample, from 4 to 32
 * @param frames how many samples each channel has, or 0 if unknown
 */
record FlacStreamInfo(int sampleRate, int channels, int depth, long frames) {

    static final int BYTES = 34;
    private static final int BYTES_BEFORE_SAMPLE_RATE = 10;

    /** Reads the metadata block whose content starts at a byte. */
    static FlacStreamInfo read(byte[] file, int start) throws EOFException {
        BitReader bits = new BitReader(file, start + BYTES_BEFORE_SAMPLE_RATE);
        int sampleRate = (int) bits.unsigned(20);
        int channels = (int) bits.unsigned(3) + 1;
        int depth = (int) bits.unsigned(5) + 1;
        long frames = (bits.unsigned(4) << 32) | bits.unsigned(32);
        return new FlacStreamInfo(sampleRate, channels, depth, frames);
    }
}
