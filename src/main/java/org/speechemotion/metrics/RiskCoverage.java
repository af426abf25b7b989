package org.speechemotion.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is left of the errors where the least confident clips are not answered (El-Yaniv and Wiener 2010, "On the
 * foundations of noise-free selective classification").
 *
 * @param points from the most confident clips to all of them, one for every distinct confidence; none without clips
 */
public record RiskCoverage(List<Point> points) {
    /**
     * The clips that are at least this confident.
     *
     * @param right how many of them were predicted right
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
            // Clips that are equally confident come in together: none of them is before the others.
            if (last || byConfidence.get(i + 1).probabilities().confidence() != confidence) {
                points.add(new Point(confidence, i + 1, right));
            }
        }
        return new RiskCoverage(points);
    }

    public long clips() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).clips();
    }

    /** Share of the clips that is answered at a point. */
    public double coverage(Point point) {
        return Scores.ratio(point.clips(), clips());
    }

    /** Share of the answered clips that is wrong. */
    public static double risk(Point point) {
        return 1 - Scores.ratio(point.right(), point.clips());
    }

    /** How many clips a share of them is, rounded up. */
    public long answered(double coverage) {
        // 0.07 · 100 is 7.000000000000001 to a double.
        return (long) Math.ceil(coverage * clips() - 1e-9);
    }

    /**
     * The accuracy over the most confident clips, rounded up to whole clips; of the last ones where several are equally
     * confident, the expected share is right. 0 without clips.
     *
     * @param coverage share of the clips that is answered, above 0, at most 1
     */
    public double accuracyAt(double coverage) {
        if (!(coverage > 0 && coverage <= 1)) {
            throw new IllegalArgumentException("coverage is " + coverage + "; allowed: above 0, at most 1");
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
