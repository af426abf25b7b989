package org.speechemotion.report;

import java.util.Arrays;
import org.speechemotion.metrics.ConfusionMatrix;

/** The unweighted average recall that guessing reaches. */
public final class Chance {
    private Chance() {}

    /** Returns one over the number of emotions that have clips; 0 without clips. */
    public static double of(ConfusionMatrix matrix) {
        long classes = Arrays.stream(matrix.counts())
                .filter(row -> Arrays.stream(row).sum() > 0)
                .count();
        return classes == 0 ? 0 : 1.0 / classes;
    }
}
