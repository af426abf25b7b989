package org.speechemotion.encoder;

import java.util.ArrayList;
import java.util.List;

/**
 * The best sequence of pitch candidates, found by dynamic programming with the costs of Boersma (1993). In every frame one
 * of the strongest candidates is chosen, or the frame is unvoiced.
 */
final class PitchPath {

    private static final int CANDIDATES = 5;

    /** A frame is unvoiced unless a candidate is stronger than this. */
    private static final double VOICING_THRESHOLD = 0.45;

    /** The strength that a candidate gains for each octave, which decides between a pitch and its subharmonics. */
    private static final double OCTAVE_GAIN = 0.01;

    private static final double OCTAVE_JUMP_COST = 0.35;
    private static final double VOICING_CHANGE_COST = 0.14;
    private static final double REFERENCE_HERTZ = 100;

    private final List<Step> steps = new ArrayList<>();

    /** The candidates of one frame; the first one is that of an unvoiced frame. */
    static final class Step {
        private final boolean adjacent;
        private final double[] octaves = new double[CANDIDATES + 1];
        private final double[] score = new double[CANDIDATES + 1];
        private final int[] previous = new int[CANDIDATES + 1];
        private int count = 1;

        private Step(boolean adjacent) {
            this.adjacent = adjacent;
            score[0] = VOICING_THRESHOLD;
        }

        /** Adds a candidate of a strength from 0 to 1, and drops the weakest one if there are too many. */
        void add(double hertz, double strength) {
            double octave = Math.log(hertz / REFERENCE_HERTZ) / Math.log(2);
            double value = strength + OCTAVE_GAIN * octave;
            int at = count;
            if (count == CANDIDATES + 1) {
                at = 1;
                for (int i = 2; i < count; i++) {
                    at = score[i] < score[at] ? i : at;
                }
                if (value <= score[at]) {
                    return;
                }
            } else {
                count++;
            }
            octaves[at] = octave;
            score[at] = value;
        }

        /** Adds the best score of the step before to that of every candidate. */
        private void follow(Step before) {
            double[] best = new double[count];
            for (int i = 0; i < count; i++) {
                best[i] = Double.NEGATIVE_INFINITY;
                for (int j = 0; j < before.count; j++) {
                    double total = before.score[j] - (adjacent ? cost(before, j, i) : 0);
                    if (total > best[i]) {
                        best[i] = total;
                        previous[i] = j;
                    }
                }
            }
            for (int i = 0; i < count; i++) {
                score[i] += best[i];
            }
        }

        private double cost(Step before, int from, int to) {
            if (from == 0 || to == 0) {
                return from == to ? 0 : VOICING_CHANGE_COST;
            }
            return OCTAVE_JUMP_COST * Math.abs(octaves[to] - before.octaves[from]);
        }

        private int best() {
            int best = 0;
            for (int i = 1; i < count; i++) {
                best = score[i] > score[best] ? i : best;
            }
            return best;
        }
    }

    /**
     * Adds the next frame.
     *
     * @param adjacent whether it follows the frame before it directly; otherwise a change of pitch costs nothing
     */
    Step next(boolean adjacent) {
        Step step = new Step(adjacent);
        steps.add(step);
        return step;
    }

    /** Returns the pitch of each frame in semitones above {@value #REFERENCE_HERTZ} Hz; NaN in unvoiced frames. */
    float[] semitones() {
        for (int i = 1; i < steps.size(); i++) {
            steps.get(i).follow(steps.get(i - 1));
        }
        float[] semitones = new float[steps.size()];
        int chosen = steps.isEmpty() ? 0 : steps.get(steps.size() - 1).best();
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            semitones[i] = chosen == 0 ? Float.NaN : (float) (12 * step.octaves[chosen]);
            chosen = step.previous[chosen];
        }
        return semitones;
    }
}
