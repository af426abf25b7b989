package org.speechemotion.audio;

/** The two companding laws of ITU-T Recommendation G.711, with eight bits per sample. */
public enum G711 {
    /** The A-law of Europe and most of the world, with 13 significant bits. */
    A_LAW {
        @Override
        public byte encode(int sample) {
            int magnitude = (sample < 0 ? ~sample : sample) >> 4;
            int exponent = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
            int mantissa = (exponent > 1 ? magnitude >> (exponent - 1) : magnitude) & 0xF;
            return (byte) (((sample < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ 0x55);
        }

        @Override
        public int decode(byte code) {
            int bits = code ^ 0x55;
            int exponent = (bits >> 4) & 7;
            int mantissa = ((bits & 0xF) << 4) | 8;
            int magnitude = exponent == 0 ? mantissa : (mantissa | 0x100) << (exponent - 1);
            return (bits & 0x80) != 0 ? magnitude : -magnitude;
        }
    },

    /** The mu-law of North America and Japan, with 14 significant bits. */
    MU_LAW {
        @Override
        public byte encode(int sample) {
            int magnitude = Math.min(Math.abs(sample), MAX_MU_LAW) + MU_LAW_BIAS;
            int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
            int mantissa = (magnitude >> (exponent + 3)) & 0xF;
            return (byte) ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa);
        }

        @Override
        public int decode(byte code) {
            int bits = ~code;
            int magnitude = ((((bits & 0xF) << 3) | MU_LAW_BIAS) << ((bits >> 4) & 7)) - MU_LAW_BIAS;
            return (bits & 0x80) != 0 ? -magnitude : magnitude;
        }
    };

    private static final int MU_LAW_BIAS = 0x84;
    private static final int MAX_MU_LAW = Short.MAX_VALUE - MU_LAW_BIAS;

    /** Encodes a sample of 16-bit PCM, −32768 to 32767. */
    public abstract byte encode(int sample);

    /** Decodes a code to 16-bit PCM. */
    public abstract int decode(byte code);
}
