package org.speechemotion.encoder;

import java.util.Arrays;

/**
 * The frames of one clip, without padding.
 *
 * @param values row-major {@code [time, width]}; the array is not copied, so it must not be modified afterwards
 * @param time the number of frames, at least 1
 * @param width the number of features per frame, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // equals compares contents; a copy of each clip would double the memory
public record Frames(float[] values, int time, int width) {

    /** @throws IllegalArgumentException if the shape is not positive or does not match the number of values */
    public Frames {
        if (time < 1 || width < 1 || (long) time * width != values.length) {
            throw new IllegalArgumentException("frames of shape [" + time + ", " + width + "] with " + values.length
                    + " values; allowed: sizes from 1 whose product is the number of values");
        }
    }

    /** Returns the memory that the values take. */
    public long sizeInBytes() {
        return (long) values.length * Float.BYTES;
    }

    /** Returns the mean over time, {@code [width]}. */
    public float[] mean() {
        double[] sums = new double[width];
        for (int i = 0; i < values.length; i++) {
            sums[i % width] += values[i];
        }
        float[] mean = new float[width];
        for (int i = 0; i < width; i++) {
            mean[i] = (float) (sums[i] / time);
        }
        return mean;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frames frames
                && time == frames.time
                && width == frames.width
                && Arrays.equals(values, frames.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + time;
    }

    @Override
    public String toString() {
        return "Frames[" + time + ", " + width + "]";
    }
}
