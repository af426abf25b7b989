package org.speechemotion.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The confidence and accuracy of predictions in 15 bins of equal width over (0, 1] (DeGroot and Fienberg 1983; Guo et
 * al., arXiv 1706.04599). They are immutable. Merging is associative and commutative except for the rounding of sums.
 */
public record ReliabilityBins(List<Bin> bins) {
    /** The number of bins in Guo et al. */
    public static final int COUNT = 15;

    /**
     * The clips whose confidence is in one bin, which includes its upper edge.
     *
     * @param right the number of clips that were predicted correctly
     */
    public record Bin(long clips, double confidenceSum, long right) {
        static final Bin EMPTY = new Bin(0, 0, 0);

        Bin plus(Bin other) {
            return new Bin(clips + other.clips, confidenceSum + other.confidenceSum, right + other.right);
        }

        /** Returns the mean confidence; 0 without clips. */
        public double confidence() {
            return clips == 0 ? 0 : confidenceSum / clips;
        }

        /** Returns the share of correct predictions; 0 without clips. */
        public double accuracy() {
            return Scores.ratio(right, clips);
        }
    }

    /**
     * Checks the number of bins.
     *
     * @throws IllegalArgumentException if there are not {@link #COUNT} bins
     */
    public ReliabilityBins {
        bins = List.copyOf(bins);
        if (bins.size() != COUNT) {
            throw new IllegalArgumentException("number of bins is %d; allowed: %d".formatted(bins.size(), COUNT));
        }
    }

    public static ReliabilityBins of(List<LabelledPrediction> predictions) {
        List<Bin> bins = new ArrayList<>(Collections.nCopies(COUNT, Bin.EMPTY));
        for (LabelledPrediction prediction : predictions) {
            double confidence = prediction.probabilities().confidence();
            int bin = Math.min(COUNT - 1, Math.max(0, (int) Math.ceil(confidence * COUNT) - 1));
            bins.set(bin, bins.get(bin).plus(new Bin(1, confidence, prediction.isRight() ? 1 : 0)));
        }
        return new ReliabilityBins(bins);
    }

    /** Returns the bins of the clips of both. */
    public ReliabilityBins merge(ReliabilityBins other) {
        List<Bin> sum = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            sum.add(bins.get(i).plus(other.bins.get(i)));
        }
        return new ReliabilityBins(sum);
    }

    public long clips() {
        return bins.stream().mapToLong(Bin::clips).sum();
    }

    /**
     * Computes the expected calibration error (Naeini et al. 2015): the mean over clips of the distance between the
     * accuracy and the confidence of their bin; 0 without clips.
     */
    public double expectedCalibrationError() {
        long clips = clips();
        return clips == 0
                ? 0
                : bins.stream()
                                .mapToDouble(bin -> Math.abs(bin.right() - bin.confidenceSum()))
                                .sum()
                        / clips;
    }
}
