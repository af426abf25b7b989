package org.speechemotion.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The risk-coverage curve: the errors that remain if the least confident clips are not answered (El-Yaniv and Wiener
 * 2010, "On the foundations of noise-free selective classification").
 *
 * @param points one point for every distinct confidence, from the most confident clips to all of them; empty without
 *     clips
 */
public record RiskCoverage(List<Point> points) {
    /**
     * The clips with at least this confidence.
     *
     * @param right the number of clips that were predicted correctly
     */
    public record Point(double confidence, long clips, long right) {}

    public RiskCoverage {
        points = List.copyOf(points);
    }

    public static RiskCoverage of(List<LabelledPrediction> predictions) {
        List<LabelledPrediction> byConfidence = new ArrayList<>(predictions);
        byConfidence.sort(Comparator.comparingDouble(
                        (LabelledPrediction one) -> one.probabilities().confidence())
                .reversed());
        List<Point> points = new ArrayList<>();
        long right = 0;
        for (int i = 0; i < byConfidence.size(); i++) {
            float confidence = byConfidence.get(i).probabilities().confidence();
            right += byConfidence.get(i).isRight() ? 1 : 0;
            boolean last = i + 1 == byConfidence.size();
            // Clips of equal confidence form one point, since none of them comes before the others.
            if (last || byConfidence.get(i + 1).probabilities().confidence() != confidence) {
                points.add(new Point(confidence, i + 1, right));
            }
        }
        return new RiskCoverage(points);
    }

    public long clips() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).clips();
    }

    /** Returns the share of the clips that is answered at a point. */
    public double coverage(Point point) {
        return Scores.ratio(point.clips(), clips());
    }

    /** Returns the share of the answered clips that is wrong. */
    public static double risk(Point point) {
        return 1 - Scores.ratio(point.right(), point.clips());
    }

    /** Returns the number of clips in a coverage, rounded up. */
    public long answered(double coverage) {
        // In double precision 0.07 · 100 is 7.000000000000001, which would be rounded up to 8.
        return (long) Math.ceil(coverage * clips() - 1e-9);
    }

    /**
     * Computes the accuracy over the most confident clips, rounded up to whole clips. If only some clips of equal
     * confidence are answered, their expected accuracy counts. Returns 0 without clips.
     *
     * @param coverage the share of the clips that is answered, above 0 and at most 1
     * @throws IllegalArgumentException if the coverage is out of bounds
     */
    public double accuracyAt(double coverage) {
        if (!(coverage > 0 && coverage <= 1)) {
            throw new IllegalArgumentException("coverage is " + coverage + "; allowed: above 0 and at most 1");
        }
        long answered = answered(coverage);
        long clips = 0;
        long right = 0;
        for (Point point : points) {
            if (point.clips() >= answered) {
                double part = (double) (answered - clips) / (point.clips() - clips);
                return (right + part * (point.right() - right)) / answered;
            }
            clips = point.clips();
            right = point.right();
        }
        return 0;
    }
}
