package org.speechemotion.audio;

import java.util.Arrays;

/**
 * Computes many outputs of a {@link Resampler} at once, if the ratio of its rates is simple. The outputs of one phase see the input
 * at distances of {@code step} samples. With every {@code step}th sample in a row, a tap adds a multiple of one array to another, which
 * the JIT vectorises, unlike a dot product. Each output is the same sum in the same order, however many are computed at once.
 */
final class PolyphaseFilter {
    /** With larger terms of the ratio, a piece of a signal has too few outputs of each phase. */
    private static final int MAX_TERM = 16;

    private final SincTable table;
    private final int step;
    private final int phases;
    private float[] lane = {};
    private float[] inputs = {};
    private float[] sums = {};

    private PolyphaseFilter(SincTable table, int step, int phases) {
        this.table = table;
        this.step = step;
        this.phases = phases;
    }

    /** Returns whether the class is of use for outputs at multiples of {@code step / phases} of an input sample. */
    static boolean suits(int step, int phases) {
        return step <= MAX_TERM && phases <= MAX_TERM;
    }

    static PolyphaseFilter of(SincTable table, int step, int phases) {
        return new PolyphaseFilter(table, step, phases);
    }

    /**
     * Computes consecutive outputs.
     *
     * @param first the index of the first output in the signal
     * @param window the input
     * @param start the index in the window of the first sample that output 0 of the signal would see; it may be negative
     * @param at the index in {@code output} of the first one
     */
    void apply(long first, int count, float[] window, long start, float[] output, int at) {
        for (int i = 0; i < Math.min(phases, count); i++) {
            long index = first + i;
            int outputs = (count - i + phases - 1) / phases;
            apply((int) (index * step % phases), outputs, window, (int) (start + index * step / phases));
            for (int j = 0; j < outputs; j++) {
                output[at + i + j * phases] = sums[j];
            }
        }
    }

    /** Computes the sums of the outputs of a phase. */
    private void apply(int phase, int outputs, float[] window, int start) {
        if (sums.length < outputs) {
            sums = new float[outputs];
            inputs = new float[outputs];
            lane = new float[outputs + table.taps()];
        }
        Arrays.fill(sums, 0, outputs, 0f);
        for (int first = 0; first < Math.min(step, table.taps()); first++) {
            int taps = (table.taps() - first + step - 1) / step;
            for (int i = 0; i < outputs + taps - 1; i++) {
                lane[i] = window[start + first + i * step];
            }
            for (int tap = 0; tap < taps; tap++) {
                // The JIT vectorises no loop over two arrays from different indices on.
                System.arraycopy(lane, tap, inputs, 0, outputs);
                add(table.weight(phase, first + tap * step), inputs, sums, outputs);
            }
        }
    }

    private static void add(float weight, float[] inputs, float[] sums, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] = Math.fma(weight, inputs[i], sums[i]);
        }
    }
}
