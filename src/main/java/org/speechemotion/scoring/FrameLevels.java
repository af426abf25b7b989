package org.speechemotion.scoring;

import java.util.Arrays;

/**
 * The levels of a signal's frames of 10 ms, from which it is told where nobody speaks. A level is the frame's variance, in
 * dB of full scale, so that an offset of the recorder's is no sound. The noise floor is the level that a tenth of the
 * frames stay below, a quantile low enough to lie in pauses even where there are few (Stahl, Fischer and Bippus,
 * <em>Quantile based noise estimation for spectral subtraction and Wiener filtering</em>, ICASSP 2000, who take the median
 * in each band); what is digitally silent is left out of it, for a muted line says nothing about its noise.
 *
 * <p>Holds 4 bytes for each frame: 1.4 MB for an hour.
 */
final class FrameLevels {
    /** The level of less than three steps of 16 bits, in dB of full scale. Nothing below it is heard. */
    static final double DIGITAL_SILENCE = -80;

    private static final double FRAMES_PER_SECOND = 100;
    private static final double FLOOR_QUANTILE = 0.1;
    private static final double LEAST_VARIANCE = 1e-12;

    private final int frameSamples;
    private float[] levels = new float[1024];
    private int count;
    private double sum;
    private double squares;
    private int summed;

    /** Begins at the signal's first sample; the rate is in Hz. */
    FrameLevels(int sampleRate) {
        frameSamples = (int) Math.max(1, Math.round(sampleRate / FRAMES_PER_SECOND));
    }

    /** Takes the next {@code count} samples. */
    void accept(float[] samples, int count) {
        for (int i = 0; i < count; i++) {
            sum += samples[i];
            squares += (double) samples[i] * samples[i];
            summed++;
            if (summed == frameSamples) {
                endFrame();
            }
        }
    }

    /** Ends the signal; what is left of it is a frame too. */
    void finish() {
        if (summed > 0) {
            endFrame();
        }
    }

    /** The level that the quietest tenth of the frames, but for digitally silent ones, stays below, in dB of full scale. */
    double floor() {
        float[] sounding = new float[count];
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (levels[i] > DIGITAL_SILENCE) {
                sounding[found++] = levels[i];
            }
        }
        Arrays.sort(sounding, 0, found);
        return found == 0 ? DIGITAL_SILENCE : sounding[(int) (FLOOR_QUANTILE * (found - 1))];
    }

    /** Which share of the frames that begin between two samples is above a level, from 0 to 1. */
    double shareAbove(double level, long from, long to) {
        int first = (int) ((from + frameSamples - 1) / frameSamples);
        int end = (int) Math.min(count, (to + frameSamples - 1) / frameSamples);
        int above = 0;
        for (int i = first; i < end; i++) {
            above += levels[i] > level ? 1 : 0;
        }
        return end > first ? (double) above / (end - first) : 0;
    }

    private void endFrame() {
        double mean = sum / summed;
        double variance = Math.max(LEAST_VARIANCE, squares / summed - mean * mean);
        if (count == levels.length) {
            levels = Arrays.copyOf(levels, count + count / 2);
        }
        levels[count++] = (float) (10 * Math.log10(variance));
        sum = 0;
        squares = 0;
        summed = 0;
    }
}
