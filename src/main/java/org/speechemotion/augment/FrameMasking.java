package org.speechemotion.augment;

import java.io.Serializable;
import java.util.Arrays;
import org.speechemotion.encoder.Frames;
import org.speechemotion.random.KeyedRandom;

/**
 * SpecAugment (Park et al., arXiv 1904.08779) on an encoder's frames, without its time warping: spans of frames, and spans
 * of the values of all frames, become 0. Not a step of the chain, because it comes after the encoder. Together the masks
 * of time cover at most half of a clip, and those of width at most half of its width.
 *
 * @param probability that a clip is masked, 0 to 1
 * @param timeMasks spans of frames, 0 to 100
 * @param longestTimeMask of the lengths that are drawn from, uniformly from 1 on, in frames
 * @param widthMasks spans of values, 0 to 100
 * @param widestWidthMask of the widths that are drawn from, uniformly from 1 on, in values
 */
public record FrameMasking(double probability, int timeMasks, int longestTimeMask, int widthMasks, int widestWidthMask)
        implements Serializable {
    private static final String NAME = "frame-masking";
    private static final int MOST_MASKS = 100;
    private static final int LONGEST = 100_000;

    /** @throws IllegalArgumentException if a value is outside its range */
    public FrameMasking {
        Ranges.require(NAME, "probability", probability, 0, 1);
        Ranges.require(NAME, "time-masks", timeMasks, 0, MOST_MASKS);
        Ranges.require(NAME, "longest-time-mask", longestTimeMask, 1, LONGEST);
        Ranges.require(NAME, "width-masks", widthMasks, 0, MOST_MASKS);
        Ranges.require(NAME, "widest-width-mask", widestWidthMask, 1, LONGEST);
    }

    /**
     * Draws and masks.
     *
     * @param frames left untouched
     * @return frames of the same shape: the same ones where nothing was drawn
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
