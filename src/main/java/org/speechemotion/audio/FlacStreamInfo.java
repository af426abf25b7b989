package org.speechemotion.audio;

import java.io.IOException;

/**
 * The stream info of a FLAC file (RFC 9639, section 8.2).
 *
 * @param sampleRate the sample rate in Hz
 * @param channels the number of channels, 1 to 8
 * @param depth the bits per sample, 4 to 32
 * @param frames the number of samples of each channel; 0 if unknown
 */
record FlacStreamInfo(int sampleRate, int channels, int depth, long frames) {

    static final int BYTES = 34;
    private static final int BYTES_BEFORE_SAMPLE_RATE = 10;
    private static final int DIGEST_BYTES = 16;

    /** Reads the {@value #BYTES} bytes of the metadata block's content. */
    static FlacStreamInfo read(BitReader bits) throws IOException {
        skip(bits, BYTES_BEFORE_SAMPLE_RATE);
        int sampleRate = (int) bits.unsigned(20);
        int channels = (int) bits.unsigned(3) + 1;
        int depth = (int) bits.unsigned(5) + 1;
        long frames = (bits.unsigned(4) << 32) | bits.unsigned(32);
        skip(bits, DIGEST_BYTES);
        return new FlacStreamInfo(sampleRate, channels, depth, frames);
    }

    private static void skip(BitReader bits, int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            bits.unsigned(Byte.SIZE);
        }
    }
}
