package org.speechemotion.encoder;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * Finds the frames of speech by their level, so that an encoder leaves out the silence around and between words. A frame is
 * speech if its level, smoothed over {@value #SMOOTHED_FRAMES} frames and not, is within a margin of the loudest smoothed
 * level of the clip, and above stationary noise inside this margin. Such noise is a share of at least
 * {@value #NOISE_SHARE} of the frames whose smoothed levels agree within {@value #NOISE_SPREAD_DECIBELS} dB, at the lower end
 * of the margin. Steady noise with which the clip begins or ends is left out first.
 *
 * <p>The choice does not depend on the gain, nor on silence or the tone of a room before or after the clip: beyond the ends of
 * a clip there is silence, and frames below the margin decide nothing.
 */
public final class SpeechFrames {
    /** The version of the choice, part of the fingerprints of encoders. */
    public static final int VERSION = 2;

    private static final int FRAMES_PER_SECOND = 100;

    /** 90 ms, about half a syllable, at the usual hop of 10 ms. */
    private static final int SMOOTHED_FRAMES = 9;

    /** The quantile of the levels inside the margin that is taken for the level of the noise. */
    private static final double NOISE_QUANTILE = 0.05;

    private static final double NOISE_SHARE = 0.12;
    private static final double NOISE_SPREAD_DECIBELS = 1;

    /** Noise at an end of a clip lasts at least 400 ms. */
    private static final int EDGE_FRAMES = 40;

    private static final double EDGE_SPREAD_DECIBELS = 4;

    /** The least distance of speech above the noise, in dB. */
    private static final double ABOVE_NOISE_DECIBELS = 3;

    /** The noise is at most this loud relative to the loudest frame, in dB; louder frames are always speech. */
    private static final double LOUDEST_NOISE_DECIBELS = -12;

    private SpeechFrames() {}

    /**
     * Returns the indices of the frames of speech in ascending order, at least one.
     *
     * @param power the power of each frame, {@code [time]}, at least one
     * @param margin the margin in dB; 0 for all frames
     */
    static int[] select(double[] power, double margin) {
        int[] frames = new int[power.length];
        Arrays.setAll(frames, i -> i);
        if (margin == 0) {
            return frames;
        }
        double[] smoothed = smoothed(power);
        double loudest = Arrays.stream(smoothed).max().orElseThrow();
        double lowest = loudest * ratio(-margin);
        double loudestNoise = loudest * ratio(LOUDEST_NOISE_DECIBELS);
        int from = afterNoise(smoothed, lowest, loudestNoise);
        int end = smoothed.length - afterNoise(reversed(smoothed), lowest, loudestNoise);
        double threshold =
                Math.max(lowest, Math.min(aboveNoise(Arrays.copyOfRange(smoothed, from, end), lowest), loudestNoise));
        double lowestAlone = lowest / SMOOTHED_FRAMES;
        return Arrays.stream(frames, from, end)
                .filter(i -> smoothed[i] >= threshold && power[i] >= lowestAlone)
                .toArray();
    }

    /**
     * Returns the index of the first frame after noise with which the clip begins: at least {@value #EDGE_FRAMES} frames that
     * agree within {@value #EDGE_SPREAD_DECIBELS} dB. The rest of the clip is then treated as if there had been no noise before it.
     */
    private static int afterNoise(double[] smoothed, double lowest, double loudestNoise) {
        int first = 0;
        while (smoothed[first] < lowest) {
            first++;
        }
        // The sums of the frames before this one are partly of the silence before the clip.
        int inside = Math.min(first + SMOOTHED_FRAMES / 2, smoothed.length - 1);
        double[] around = Arrays.copyOfRange(
                smoothed, Math.max(0, inside - EDGE_FRAMES / 2), Math.min(inside + EDGE_FRAMES / 2, smoothed.length));
        Arrays.sort(around);
        double level = around[around.length / 2];
        double spread = ratio(EDGE_SPREAD_DECIBELS);
        DoublePredicate steady = value -> value >= level / spread && value <= level * spread;
        int begin = inside;
        while (begin > 0 && steady.test(smoothed[begin - 1])) {
            begin--;
        }
        int end = inside;
        while (end < smoothed.length && steady.test(smoothed[end])) {
            end++;
        }
        boolean noise = level <= loudestNoise && end - begin >= EDGE_FRAMES && end < smoothed.length;
        return noise ? end : 0;
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    /** Returns the level above stationary noise that is louder than the lowest level of speech; 0 without such noise. */
    private static double aboveNoise(double[] smoothed, double lowest) {
        double[] inside = Arrays.stream(smoothed)
                .filter(level -> level >= lowest)
                .sorted()
                .toArray();
        double noise = inside[(int) (NOISE_QUANTILE * (inside.length - 1))];
        double spread = ratio(NOISE_SPREAD_DECIBELS);
        long equal = Arrays.stream(inside)
                .filter(level -> level >= noise / spread && level <= noise * spread)
                .count();
        return equal >= NOISE_SHARE * inside.length ? noise * ratio(ABOVE_NOISE_DECIBELS) : 0;
    }

    /** Returns the frames at some indices, {@code [time, width] → [indices, width]}. */
    static float[] rows(float[] values, int width, int[] indices) {
        float[] rows = new float[indices.length * width];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, indices[i] * width, rows, i * width, width);
        }
        return rows;
    }

    /**
     * Returns a waveform from its first frame of speech to its last one. The pauses between them stay.
     *
     * @param waveform {@code [time]}, at least one sample; it is not modified
     * @param sampleRate the sample rate in Hz
     * @param margin the margin in dB; 0 for the whole waveform
     */
    public static float[] trim(float[] waveform, int sampleRate, double margin) {
        int hop = Math.max(1, sampleRate / FRAMES_PER_SECOND);
        if (margin == 0 || waveform.length <= hop) {
            return waveform;
        }
        double[] power = new double[(waveform.length + hop - 1) / hop];
        for (int frame = 0; frame < power.length; frame++) {
            int end = Math.min(waveform.length, (frame + 1) * hop);
            double sum = 0;
            for (int i = frame * hop; i < end; i++) {
                sum += waveform[i];
            }
            double mean = sum / (end - frame * hop);
            for (int i = frame * hop; i < end; i++) {
                power[frame] += (waveform[i] - mean) * (waveform[i] - mean);
            }
        }
        int[] speech = select(power, margin);
        int from = speech[0] * hop;
        int end = Math.min(waveform.length, (speech[speech.length - 1] + 1) * hop);
        return Arrays.copyOfRange(waveform, from, end);
    }

    private static double[] smoothed(double[] power) {
        double[] smoothed = new double[power.length];
        int side = SMOOTHED_FRAMES / 2;
        for (int i = 0; i < power.length; i++) {
            for (int j = Math.max(0, i - side); j <= Math.min(power.length - 1, i + side); j++) {
                smoothed[i] += power[j];
            }
        }
        return smoothed;
    }

    private static double ratio(double decibels) {
        return Math.pow(10, decibels / 10);
    }
}
