package org.speechemotion.acoustics;

import java.util.Arrays;

/**
 * The levels of a signal's frames of 10 ms, by which pauses are found. A level is the variance of a frame in dB of full scale, so
 * a constant offset does not count as sound. The noise floor is the level that a tenth of the frames stay below, a quantile low
 * enough to lie in pauses even if they are rare (after Stahl, Fischer and Bippus, <em>Quantile based noise estimation for
 * spectral subtraction and Wiener filtering</em>, ICASSP 2000, who use the median in each band). Digitally silent frames are
 * excluded, because they do not show the noise of the line.
 *
 * <p>Uses 4 bytes for each frame: 1.4 MB for an hour.
 */
public final class FrameLevels {
    /** The level of less than three steps of 16 bits, in dB of full scale. Nothing below it is audible. */
    public static final double DIGITAL_SILENCE = -80;

    private static final double FRAMES_PER_SECOND = 100;
    private static final double FLOOR_QUANTILE = 0.1;
    private static final double MIN_VARIANCE = 1e-12;
    /** The steps of a dB in which {@link #floorSoFar} counts levels. */
    private static final int STEPS = 10;

    private final int frameSamples;
    private float[] levels = new float[1024];
    private int count;
    /** The number of frames that are not digitally silent, for each step of their level; the loudest share the last. */
    private final int[] sounding = new int[(int) (-DIGITAL_SILENCE * STEPS) + 1];

    private int soundingFrames;
    private double sum;
    private double squares;
    private int summed;

    /** Begins at the first sample of a signal; the sample rate is in Hz. */
    public FrameLevels(int sampleRate) {
        frameSamples = (int) Math.max(1, Math.round(sampleRate / FRAMES_PER_SECOND));
    }

    /** Accepts the next {@code count} samples. */
    public void accept(float[] samples, int count) {
        for (int i = 0; i < count; i++) {
            sum += samples[i];
            squares += (double) samples[i] * samples[i];
            summed++;
            if (summed == frameSamples) {
                endFrame();
            }
        }
    }

    /** Ends the signal; the remaining samples are a shorter frame. */
    public void finish() {
        if (summed > 0) {
            endFrame();
        }
    }

    /** Returns the noise floor: a tenth of the frames that are not digitally silent are below it, in dB of full scale. */
    public double floor() {
        float[] sorted = new float[count];
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (levels[i] > DIGITAL_SILENCE) {
                sorted[found++] = levels[i];
            }
        }
        Arrays.sort(sorted, 0, found);
        return found == 0 ? DIGITAL_SILENCE : sorted[(int) (FLOOR_QUANTILE * (found - 1))];
    }

    /** Returns the noise floor of the signal so far, in time that does not grow with it, to {@code 1 / STEPS} dB. */
    public double floorSoFar() {
        int below = 0;
        int step = 0;
        while (step < sounding.length - 1 && (below += sounding[step]) <= FLOOR_QUANTILE * (soundingFrames - 1)) {
            step++;
        }
        return soundingFrames == 0 ? DIGITAL_SILENCE : DIGITAL_SILENCE + (double) step / STEPS;
    }

    /** Returns the level of the last complete frame, in dB of full scale; that of digital silence if there is none. */
    public double last() {
        return count == 0 ? DIGITAL_SILENCE : levels[count - 1];
    }

    /** Returns the share, from 0 to 1, of the frames between two samples that are above a level. */
    public double shareAbove(double level, long from, long to) {
        int first = (int) ((from + frameSamples - 1) / frameSamples);
        int end = (int) Math.min(count, (to + frameSamples - 1) / frameSamples);
        int above = 0;
        for (int i = first; i < end; i++) {
            above += levels[i] > level ? 1 : 0;
        }
        return end > first ? (double) above / (end - first) : 0;
    }

    /** Returns the number of frames. */
    public int count() {
        return count;
    }

    /** Returns the level of a frame, counted from 0, in dB of full scale. */
    public double level(int frame) {
        return levels[frame];
    }

    /** Returns the levels of all frames, in dB of full scale. */
    public float[] toArray() {
        return Arrays.copyOf(levels, count);
    }

    private void endFrame() {
        double mean = sum / summed;
        double variance = Math.max(MIN_VARIANCE, squares / summed - mean * mean);
        if (count == levels.length) {
            levels = Arrays.copyOf(levels, count + count / 2);
        }
        float level = (float) (10 * Math.log10(variance));
        levels[count++] = level;
        if (level > DIGITAL_SILENCE) {
            sounding[Math.min(sounding.length - 1, (int) ((level - DIGITAL_SILENCE) * STEPS))]++;
            soundingFrames++;
        }
        sum = 0;
        squares = 0;
        summed = 0;
    }
}
