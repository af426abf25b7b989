package org.speechemotion.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Confidence intervals for scores that are pooled over speakers, by the delete-one jackknife (Tukey 1958; Efron and Stein
 * 1981) with Student's t on the logit scale.
 *
 * <p>Speakers are left out one at a time, not clips: the clips of one speaker resemble each other, and an interval over
 * clips would be too narrow. Student's t with one degree of freedom less than there are speakers accounts for the few
 * speakers, and the logit scale keeps both ends within (0, 1). {@code IntervalCoverageTest} shows by simulation that the
 * intervals cover the score of the whole population in 93 to 97 % of samples of 4 to 24 speakers.
 */
final class SpeakerJackknife {
    /** With two speakers the coverage falls to 60 to 90 % as soon as one of them has few errors. */
    static final int MIN_SPEAKERS = 3;

    private static final double CONFIDENCE = 0.95;

    private final Scores pooled;
    private final List<Scores> withoutOne = new ArrayList<>();

    /** Computes the scores over all speakers and with each speaker left out. Speakers without clips are ignored. */
    SpeakerJackknife(Collection<ConfusionMatrix> speakers) {
        ConfusionMatrix all = speakers.stream().reduce(ConfusionMatrix.empty(), ConfusionMatrix::merge);
        pooled = Scores.of(all);
        speakers.stream()
                .filter(speaker -> speaker.total() > 0)
                .forEach(speaker -> withoutOne.add(Scores.of(all.minus(speaker))));
    }

    /** Returns the scores over the clips of all speakers. */
    Scores pooled() {
        return pooled;
    }

    /** Returns the number of speakers that have clips. */
    int speakers() {
        return withoutOne.size();
    }

    /** Computes the 95 % intervals; empty with fewer than {@link #MIN_SPEAKERS} speakers. */
    Optional<ScoreIntervals> intervals() {
        return speakers() < MIN_SPEAKERS
                ? Optional.empty()
                : Optional.of(new ScoreIntervals(
                        interval(Scores::accuracy),
                        interval(Scores::unweightedAverageRecall),
                        interval(Scores::macroF1)));
    }

    private Interval interval(ToDoubleFunction<Scores> score) {
        // One correct and one wrong clip are added, so that a score of 0 or 1 has a finite logit.
        double value = score.applyAsDouble(pooled);
        double smoothed = (pooled.n() * value + 1) / (pooled.n() + 2);
        double slope = 1 / (smoothed * (1 - smoothed));
        double error = slope * Math.sqrt(Math.max(variance(score), minVariance(smoothed)));
        double reach = error * new TDistribution(speakers() - 1.0).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        double logit = Math.log(smoothed / (1 - smoothed));
        return new Interval(Math.min(value, expit(logit - reach)), Math.max(value, expit(logit + reach)));
    }

    private double variance(ToDoubleFunction<Scores> score) {
        double mean = withoutOne.stream().mapToDouble(score).average().orElseThrow();
        double squares = withoutOne.stream()
                .mapToDouble(scores -> Math.pow(score.applyAsDouble(scores) - mean, 2))
                .sum();
        return squares * (speakers() - 1) / speakers();
    }

    /**
     * Returns a lower bound of the variance. Speakers without errors, or with hardly any, agree by chance. The bound is
     * the binomial variance where there are too few errors, or too few correct predictions, to measure it.
     */
    private double minVariance(double smoothed) {
        long correct = Math.round(pooled.accuracy() * pooled.n());
        return smoothed * (1 - smoothed) / pooled.n() / (1 + Math.min(correct, pooled.n() - correct));
    }

    private static double expit(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
