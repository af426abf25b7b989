package org.speechemotion.spark.scoring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.speechemotion.audio.PcmWav;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.spark.DemoClips;

/** A call of two speakers on two channels: each speaks for one half of it. */
final class RecordedCall {
    static final int RATE = 16_000;
    static final int SECONDS = 120;

    private RecordedCall() {}

    static byte[] call() {
        return PcmWav.interleaved(interleaved(), RATE, 2);
    }

    static float[] interleaved() {
        float[] samples = new float[2 * SECONDS * RATE];
        for (int channel = 0; channel < 2; channel++) {
            float[] utterance = DemoClips.samples(1 + channel, channel == 0 ? Emotion.CALM : Emotion.ANGRY);
            int half = SECONDS * RATE / 2;
            for (int i = 0; i < half; i++) {
                samples[2 * (channel * half + i) + channel] = utterance[i % utterance.length];
            }
        }
        return samples;
    }

    static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }
}
