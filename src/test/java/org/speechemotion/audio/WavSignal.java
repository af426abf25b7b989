package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/** A signal in the formats of WAV files, and the fields of these formats. */
final class WavSignal {
    static final int RATE = 16_000;

    static final int SAMPLES = 4_001;

    /** The signal in 16 bits. */
    static final int[] SIGNAL = signal();

    private WavSignal() {}

    private static int[] signal() {
        int[] samples = new int[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            samples[i] = (int) (9_000 * Math.sin(i * 0.11) + 700 * Math.sin(i * 1.3));
        }
        return samples;
    }

    static void assertSignal(DecodedAudio audio, int times) {
        float[] samples = audio.waveform().samples();
        assertThat(samples).hasSize(times * SAMPLES);
        for (int i = 0; i < samples.length; i++) {
            assertThat(samples[i]).isEqualTo(SIGNAL[i % SAMPLES] / 32_768f, within(1f / 32_768 / 256 + 1e-6f));
        }
    }

    static byte[] file(int rate) {
        return new WavBytes().format(1, 1, rate, 16).chunk("data", data(2, 0)).build();
    }

    /** The signal in little-endian integers of so many bytes, shifted to the left. */
    static byte[] data(int bytes, int shift) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample : SIGNAL) {
            if (bytes == 2) {
                buffer.putShort((short) sample);
            } else {
                buffer.putInt(sample << shift);
            }
        }
        return buffer.array();
    }

    static byte[] lowestByteSet(byte[] integers) {
        for (int i = 0; i < integers.length; i += 4) {
            integers[i] = 1;
        }
        return integers;
    }

    static byte[] fields(int size, int tag, int channels, int rate, int frameBytes, int bits) {
        ByteBuffer fields = ByteBuffer.allocate(Math.max(16, size)).order(ByteOrder.LITTLE_ENDIAN);
        fields.putShort((short) tag).putShort((short) channels).putInt(rate).putInt(RATE * 2);
        fields.putShort((short) frameBytes).putShort((short) bits);
        return Arrays.copyOf(fields.array(), size);
    }

    static byte[] extensible(int bits, int validBits, int tag, String tail) {
        byte[] fields = fields(40, 0xFFFE, 1, RATE, bits / 8, bits);
        ByteBuffer buffer = ByteBuffer.wrap(fields).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(16, (short) 22).putShort(18, (short) validBits).putShort(24, (short) tag);
        byte[] rest = HexFormat.of().parseHex(tail.replace(" ", ""));
        System.arraycopy(rest, 0, fields, 26, rest.length);
        return fields;
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
