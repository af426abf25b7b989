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
        byte[] file = interleaved(new float[pcm.length / 2], rate, channels);
        System.arraycopy(pcm, 0, file, file.length - pcm.length, pcm.length);
        return file;
    }

    /** Returns a file of channels of the same length, one for each array. */
    public static byte[] of(int rate, float[]... channels) {
        float[] samples = new float[channels.length * channels[0].length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = channels[i % channels.length][i / channels.length];
        }
        return interleaved(samples, rate, channels.length);
    }

    /** Returns a file of samples in the order of the file, those of a frame one after the other. */
    public static byte[] interleaved(float[] samples, int rate, int channels) {
        byte[] file = WavWriter.write(new Waveform(samples, rate));
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(22, (short) channels)
                .putInt(28, rate * channels * 2)
                .putShort(32, (short) (2 * channels));
        return file;
    }
}
