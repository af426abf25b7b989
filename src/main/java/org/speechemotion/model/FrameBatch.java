package org.speechemotion.model;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.Frames;

/**
 * Clips of different lengths in one array, zero-padded at the end, with a mask that is 1 for valid frames.
 *
 * @param frames the frames, {@code [batch, time, width]}
 * @param mask the mask, {@code [batch, time]}
 */
public record FrameBatch(INDArray frames, INDArray mask) {
    /** Lengths are rounded up to a multiple of this number of frames, because ND4J caches arrays for every shape. */
    private static final int TIME_BUCKET = 32;

    /**
     * Pads clips into a batch.
     *
     * @param clips at least one clip, all of the same width
     * @param timeMultiple the number of frames of which the padded length must be a multiple
     * @throws IllegalArgumentException if there is no clip or the widths differ
     */
    public static FrameBatch of(List<Frames> clips, int timeMultiple) {
        if (clips.isEmpty()) {
            throw new IllegalArgumentException("a batch has 0 clips; allowed: at least 1");
        }
        int width = clips.get(0).width();
        int longest = clips.stream().mapToInt(Frames::time).max().orElseThrow();
        int multiple = leastCommonMultiple(timeMultiple, TIME_BUCKET);
        int time = Math.multiplyExact((longest + multiple - 1) / multiple, multiple);
        float[] values = new float[Math.multiplyExact(Math.multiplyExact(clips.size(), time), width)];
        float[] valid = new float[clips.size() * time];
        for (int i = 0; i < clips.size(); i++) {
            Frames clip = clips.get(i);
            if (clip.width() != width) {
                throw new IllegalArgumentException(
                        "the width of a clip is " + clip.width() + "; allowed: " + width + ", the width of the batch");
            }
            System.arraycopy(clip.values(), 0, values, i * time * width, clip.time() * width);
            Arrays.fill(valid, i * time, i * time + clip.time(), 1f);
        }
        return new FrameBatch(
                Nd4j.create(values, new long[] {clips.size(), time, width}, 'c'),
                Nd4j.create(valid, new long[] {clips.size(), time}, 'c'));
    }

    private static int leastCommonMultiple(int a, int b) {
        int x = a;
        int y = b;
        while (y != 0) {
            int rest = x % y;
            x = y;
            y = rest;
        }
        return Math.multiplyExact(a / x, b);
    }
}
