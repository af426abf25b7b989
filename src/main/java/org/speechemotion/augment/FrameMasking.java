package org.speechemotion.augment;

import java.io.Serializable;
import java.util.Arrays;
import org.speechemotion.encoder.Frames;
import org.speechemotion.random.KeyedRandom;

/**
 * SpecAugment (Park et al., arXiv 1904.08779) on the frames of an encoder, without time warping: spans of frames, and spans
 * of features over all frames, are set to 0. It is not a step of the chain because it runs after the encoder. The time
 * masks together cover at most half of the frames, and the width masks at most half of the features.
 *
 * @param probability the probability that a clip is masked, 0 to 1
 * @param timeMasks the number of time masks, 0 to 100
 * @param longestTimeMask the greatest length of a time mask in frames; lengths are drawn uniformly from 1
 * @param widthMasks the number of width masks, 0 to 100
 * @param widestWidthMask the greatest width of a width mask in features; widths are drawn uniformly from 1
 */
public record FrameMasking(double probability, int timeMasks, int longestTimeMask, int widthMasks, int widestWidthMask)
        implements Serializable {
    private static final String NAME = "frame-masking";
    private static final int MAX_MASKS = 100;
    private static final int MAX_LENGTH = 100_000;

    /** @throws IllegalArgumentException if a value is outside its range */
    public FrameMasking {
        Ranges.require(NAME, "probability", probability, 0, 1);
        Ranges.require(NAME, "time-masks", timeMasks, 0, MAX_MASKS);
        Ranges.require(NAME, "longest-time-mask", longestTimeMask, 1, MAX_LENGTH);
        Ranges.require(NAME, "width-masks", widthMasks, 0, MAX_MASKS);
        Ranges.require(NAME, "widest-width-mask", widestWidthMask, 1, MAX_LENGTH);
    }

    /**
     * Draws and applies masks.
     *
     * @param frames {@code [time, width]}; they are not modified
     * @return frames of the same shape, or the given frames if the clip is not masked
     */
    public Frames apply(Frames frames, KeyedRandom random) {
        if (random.nextDouble() >= probability) {
            return frames;
        }
        float[] values = frames.values().clone();
        int width = frames.width();
        int left = frames.time() / 2;
        for (int mask = 0; mask < timeMasks && left > 0; mask++) {
            int length = 1 + random.nextInt(Math.min(longestTimeMask, left));
            int from = random.nextInt(frames.time() - length + 1);
            Arrays.fill(values, from * width, (from + length) * width, 0);
            left -= length;
        }
        left = width / 2;
        for (int mask = 0; mask < widthMasks && left > 0; mask++) {
            int length = 1 + random.nextInt(Math.min(widestWidthMask, left));
            int from = random.nextInt(width - length + 1);
            for (int frame = 0; frame < frames.time(); frame++) {
                Arrays.fill(values, frame * width + from, frame * width + from + length, 0);
            }
            left -= length;
        }
        return new Frames(values, frames.time(), width);
    }
}
