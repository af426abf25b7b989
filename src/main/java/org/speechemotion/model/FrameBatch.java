package org.speechemotion.model;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.Frames;

/**
 * Clips of mixed lengths as one array: zero-padded at the end, with a mask that is 1 for valid frames.
 *
 * @param frames {@code [batch, time, width]}
 * @param mask {@code [batch, time]}
 */
public record FrameBatch(INDArray frames, INDArray mask) {
    /** Lengths are rounded up to this, because ND4J keeps arrays for every shape it has seen. */
    private static final int TIME_BUCKET = 32;

    /**
     * Pads clips into a batch.
     *
     * @param clips at least one, all of one width
     * @param timeMultiple what the network needs the time to be a multiple of
     * @throws IllegalArgumentException where there is no clip or the widths differ
     */
    public static FrameBatch of(List<Frames> clips, int timeMultiple) {
        if (clips.isEmpty()) {
            throw new IllegalArgumentException("a batch of no clips");
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
                throw new IllegalArgumentException("a clip of width " + clip.width() + " in a batch of width " + width);
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
