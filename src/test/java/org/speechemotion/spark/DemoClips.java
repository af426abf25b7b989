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

    public static float[] samples(int actor, Emotion emotion) {
        return DemoCorpus.utterance(DemoSpeaker.of(actor, 1), emotion, 1, 1, 1);
    }

    public static byte[] wav(int actor, Emotion emotion) {
        return WavWriter.write(new Waveform(samples(actor, emotion), DemoSettings.SAMPLE_RATE));
    }

    /** Named as RAVDESS names it. */
    public static String name(int actor, Emotion emotion) {
        return "Actor_%02d/03-01-%02d-01-01-01-%02d.wav".formatted(actor, emotion.label() + 1, actor);
    }
}
