package org.speechemotion.audio;

/**
 * The format of raw PCM, which has no header.
 *
 * @param encoding the encoding of a sample
 * @param sampleRate the sample rate in Hz
 * @param channels the number of channels, whose samples are interleaved
 */
public record PcmFormat(Encoding encoding, int sampleRate, int channels) {
    /** The maximum number of channels. */
    public static final int MAX_CHANNELS = 64;

    /** The encodings of samples, named as by FFmpeg. */
    public enum Encoding {
        /** Unsigned 8-bit integers. */
        U8(SampleEncoding.UNSIGNED_8),
        /** Signed 16-bit integers, little-endian. */
        S16LE(SampleEncoding.SIGNED_16),
        /** Signed 24-bit integers, little-endian. */
        S24LE(SampleEncoding.SIGNED_24),
        /** Signed 32-bit integers, little-endian. */
        S32LE(SampleEncoding.SIGNED_32),
        /** 32-bit floating-point numbers with a full scale of 1, little-endian. */
        F32LE(SampleEncoding.FLOAT_32),
        /** G.711 A-law. */
        ALAW(SampleEncoding.A_LAW),
        /** G.711 µ-law. */
        MULAW(SampleEncoding.MU_LAW);

        private final SampleEncoding samples;

        Encoding(SampleEncoding samples) {
            this.samples = samples;
        }

        SampleEncoding samples() {
            return samples;
        }
    }

    /** @throws IllegalArgumentException if a value is out of its range */
    public PcmFormat {
        if (!Resampler.isRate(sampleRate)) {
            throw new IllegalArgumentException("the sample rate is " + sampleRate + " Hz; allowed: "
                    + Resampler.MIN_RATE + " to " + Resampler.MAX_RATE + " Hz");
        }
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw new IllegalArgumentException(
                    "the number of channels is " + channels + "; allowed: 1 to " + MAX_CHANNELS);
        }
    }

    /** Returns the number of bytes of one sample of each channel. */
    public int frameBytes() {
        return encoding.samples.bytes() * channels;
    }
}
