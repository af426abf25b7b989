package org.speechemotion.spark;

import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;

/** Audio that tests make themselves. */
public final class TestTones {
    private TestTones() {}

    /** A 16 kHz WAV file with a tone of that many Hz, at half of full scale. */
    public static byte[] wav(double hertz, double seconds) {
        float[] samples = new float[(int) Math.round(seconds * 16_000)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / 16_000));
        }
        return WavWriter.write(new Waveform(samples, 16_000));
    }
}
