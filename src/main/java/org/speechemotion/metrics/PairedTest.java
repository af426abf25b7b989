package org.speechemotion.metrics;

import java.util.Arrays;
import java.util.Optional;
import org.speechemotion.random.KeyedRandom;

/**
 * Compares two systems on the same speakers by the sign-flip permutation test (Fisher 1935): if the systems were equally
 * good, the difference of each speaker could as well have had the other sign. The test is exact for up to 21 speakers,
 * and takes 100,000 keyed draws of the signs for more.
 *
 * @param pairs the number of speakers that both systems were tested on
 * @param difference the mean over the speakers of the second system's score minus the first's
 * @param pValue two-sided: the share of the sign patterns whose mean is at least as far from 0 as the difference
 * @param interval the differences that the test does not reject at 5 %; empty with fewer than six pairs, which cannot
 *     reject any
 */
public record PairedTest(int pairs, double difference, double pValue, Optional<Interval> interval) {
    private static final double LEVEL = 0.05;
    private static final int MAX_EXACT_PAIRS = 21;
    private static final int DRAWS = 100_000;
    private static final int BISECTIONS = 50;

    /** Sums that differ by less are equal except for rounding. */
    private static final double TOLERANCE = 1e-9;

    /**
     * Tests whether the mean difference is 0.
     *
     * @param differences the second system's score minus the first's, for each speaker
     * @throws IllegalArgumentException if there are none
     */
    public static PairedTest of(double[] differences) {
        if (differences.length == 0) {
            throw new IllegalArgumentException("paired test has no speakers; allowed: at least 1");
        }
        double mean = Arrays.stream(differences).average().orElseThrow();
        Flips flips = Flips.of(differences);
        Optional<Interval> interval = Optional.empty();
        double[] sorted = Arrays.stream(differences).sorted().toArray();
        if (flips.pValue(sorted[0] - 1) <= LEVEL) {
            interval = Optional.of(
                    new Interval(flips.bound(sorted[0] - 1, mean), flips.bound(sorted[sorted.length - 1] + 1, mean)));
        }
        return new PairedTest(differences.length, mean, flips.pValue(0), interval);
    }

    /**
     * Patterns of signs, the first of them without a flip, each together with its negative.
     *
     * @param sums the sums of the differences under each pattern
     * @param signs sums of the signs of each pattern
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Flips(double[] sums, int[] signs) {
        static Flips of(double[] differences) {
            boolean exact = differences.length <= MAX_EXACT_PAIRS;
            int count = exact ? 1 << (differences.length - 1) : DRAWS;
            double[] sums = new double[count];
            int[] signs = new int[count];
            KeyedRandom random = new KeyedRandom(0, "sign-flips");
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < differences.length; j++) {
                    boolean flipped = exact ? (i >> j & 1) == 1 : i > 0 && random.nextInt(2) == 1;
                    sums[i] += flipped ? -differences[j] : differences[j];
                    signs[i] += flipped ? -1 : 1;
                }
            }
            return new Flips(sums, signs);
        }

        /** Returns the p-value of the hypothesis that the true difference is this. */
        double pValue(double difference) {
            double observed = Math.abs(sums[0] - difference * signs[0]) - TOLERANCE;
            long extreme = 0;
            for (int i = 0; i < sums.length; i++) {
                extreme += Math.abs(sums[i] - difference * signs[i]) >= observed ? 1 : 0;
            }
            return (double) extreme / sums.length;
        }

        /** Returns the end of the interval between a rejected difference and the mean, by bisection. */
        double bound(double rejected, double mean) {
            double outside = rejected;
            double inside = mean;
            for (int i = 0; i < BISECTIONS; i++) {
                double middle = (outside + inside) / 2;
                if (pValue(middle) <= LEVEL) {
                    outside = middle;
                } else {
                    inside = middle;
                }
            }
            return inside;
        }
    }
}
