package org.speechemotion.metrics;

/** The 95 % confidence intervals over speakers of three scores. */
public record ScoreIntervals(Interval accuracy, Interval unweightedAverageRecall, Interval macroF1) {}
