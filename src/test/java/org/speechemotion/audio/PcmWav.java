package org.speechemotion.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes WAV files of several channels, which {@link WavWriter} does not. */
public final class PcmWav {
    private PcmWav() {}

    /**
     * Returns a file.
     *
     * @param pcm 16-bit samples in little-endian order, those of a frame one after the other
     */
    public static byte[] of(byte[] pcm, int rate, int channels) {
        byte[] file = WavWriter.write(new Waveform(new float[pcm.length / 2], rate));
        System.arraycopy(pcm, 0, file, file.length - pcm.length, pcm.length);
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(22, (short) channels)
                .putInt(28, rate * channels * 2)
                .putShort(32, (short) (2 * channels));
        return file;
    }
}
