package org.speechemotion.encoder;

import java.util.Arrays;

/**
 * Finds the frames of speech by their level, so that an encoder leaves out the silence around and between words. The level
 * is smoothed over {@value #SMOOTHED_FRAMES} frames. A frame is speech if its level is within a margin of the loudest frame
 * of the clip, and above the noise that is left inside this margin.
 *
 * <p>The choice does not depend on the gain, nor on silence before or after the clip: only the frames inside the margin
 * decide how loud the noise is, and beyond the ends of a clip there is silence.
 */
final class SpeechFrames {

    /** 90 ms, about half a syllable, at the usual hop of 10 ms. */
    private static final int SMOOTHED_FRAMES = 9;

    /** The share of the frames inside the margin whose levels the noise does not exceed. */
    private static final double NOISE_QUANTILE = 0.05;

    /** How far above the noise speech begins, in dB; the smoothed level of stationary noise varies by less than 1 dB. */
    private static final double ABOVE_NOISE_DECIBELS = 3;

    /** The noise is at most this loud relative to the loudest frame, in dB; louder frames are always speech. */
    private static final double LOUDEST_NOISE_DECIBELS = -15;

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
        double[] inside = Arrays.stream(smoothed)
                .filter(level -> level >= lowest)
                .sorted()
                .toArray();
        double noise = inside[(int) (NOISE_QUANTILE * (inside.length - 1))];
        double threshold = Math.max(
                lowest, Math.min(noise * ratio(ABOVE_NOISE_DECIBELS), loudest * ratio(LOUDEST_NOISE_DECIBELS)));
        return Arrays.stream(frames).filter(i -> smoothed[i] >= threshold).toArray();
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
