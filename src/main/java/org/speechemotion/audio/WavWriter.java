package org.speechemotion.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes WAV files. */
public final class WavWriter {

    private static final int HEADER_BYTES = 44;
    private static final int MAX_SAMPLES = (Integer.MAX_VALUE - 8 - HEADER_BYTES) / Short.BYTES;

    private WavWriter() {}

    /**
     * Returns a WAV file of 16-bit PCM, mono. Samples are rounded to the nearest step of 1/32768 and clipped to [-1,
     * 32767/32768].
     *
     * @throws IllegalArgumentException if a sample is NaN, or the samples do not fit into an array
     */
    public static byte[] write(Waveform waveform) {
        float[] samples = waveform.samples();
        if (samples.length > MAX_SAMPLES) {
            throw new IllegalArgumentException(
                    "cannot write " + samples.length + " samples to one WAV file; allowed: at most " + MAX_SAMPLES);
        }
        int dataBytes = samples.length * Short.BYTES;
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + dataBytes).put(ascii("WAVEfmt "));
        file.putInt(16).putShort((short) 1).putShort((short) 1);
        file.putInt(waveform.sampleRate()).putInt(waveform.sampleRate() * Short.BYTES);
        file.putShort((short) Short.BYTES).putShort((short) Short.SIZE);
        file.put(ascii("data")).putInt(dataBytes);
        for (int i = 0; i < samples.length; i++) {
            if (Float.isNaN(samples[i])) {
                throw new IllegalArgumentException("sample " + i + " is NaN; allowed: numbers");
            }
            int rounded = Math.round(samples[i] * 32768);
            file.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded)));
        }
        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
