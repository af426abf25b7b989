package org.speechemotion.augment;

import be.tarsos.dsp.pitch.PitchDetectionResult;
import be.tarsos.dsp.pitch.Yin;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.demo.DemoSpeaker;

/** Synthesised speech, and measures of it. */
final class Speech {
    private static final int RATE = 16_000;
    private static final int WINDOW = 2_048;

    private Speech() {}

    /** Utterances of a voice one behind the other, 3.7 s at 16 kHz. */
    static float[] samples(int speaker) {
        float[] samples = new float[(int) (3.7 * RATE)];
        int at = 0;
        for (int repetition = 1; at < samples.length; repetition++) {
            Emotion emotion = EmotionSet.EIGHT.ofLabel(repetition % EmotionSet.EIGHT.size());
            float[] utterance = DemoCorpus.utterance(DemoSpeaker.of(speaker, 1), emotion, 1, repetition, 1);
            System.arraycopy(utterance, 0, samples, at, Math.min(utterance.length, samples.length - at));
            at += utterance.length;
        }
        return samples;
    }

    /** A sine of amplitude 0.5 at 16 kHz. */
    static float[] tone(double hertz, int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
        return samples;
    }

    /** The pitch of the 0.128 s from there on by TarsosDSP's YIN, in Hz; NaN where there is none. */
    static double pitch(float[] samples, int at) {
        PitchDetectionResult result = new Yin(RATE, WINDOW).getPitch(Arrays.copyOfRange(samples, at, at + WINDOW));
        return result.isPitched() ? result.getPitch() : Double.NaN;
    }

    /** Returns the median pitch of the voiced frames, in Hz. */
    static double pitch(float[] samples) {
        return median(IntStream.iterate(0, at -> at + WINDOW <= samples.length, at -> at + 512)
                .mapToDouble(at -> pitch(samples, at)));
    }

    /** Returns the median of the values that are not NaN. */
    static double median(DoubleStream values) {
        double[] sorted = values.filter(value -> !Double.isNaN(value)).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** The largest difference of neighbouring samples. */
    static float largestJump(float[] samples) {
        float largest = 0;
        for (int i = 1; i < samples.length; i++) {
            largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
        }
        return largest;
    }

    static double rms(float[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    static double rms(float[] samples) {
        return rms(samples, 0, samples.length);
    }

    static double decibels(double ratio) {
        return 20 * Math.log10(ratio);
    }
}
