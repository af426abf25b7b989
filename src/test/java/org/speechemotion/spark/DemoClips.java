package org.speechemotion.spark;

import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.demo.DemoSettings;
import org.speechemotion.demo.DemoSpeaker;

/** Synthesised utterances as WAV files. */
public final class DemoClips {
    private DemoClips() {}

    public static float[] samples(int speaker, Emotion emotion) {
        return DemoCorpus.utterance(DemoSpeaker.of(speaker, 1), emotion, 1, 1, 1);
    }

    public static byte[] wav(int speaker, Emotion emotion) {
        return WavWriter.write(new Waveform(samples(speaker, emotion), DemoSettings.SAMPLE_RATE));
    }

    /** Named as RAVDESS names it. */
    public static String name(int speaker, Emotion emotion) {
        return "Actor_%02d/03-01-%02d-01-01-01-%02d.wav".formatted(speaker, emotion.label() + 1, speaker);
    }
}
