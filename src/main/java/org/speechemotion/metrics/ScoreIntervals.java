package org.speechemotion.metrics;

/** The 95 % confidence intervals of three scores, over speakers. */
public record ScoreIntervals(Interval accuracy, Interval unweightedAverageRecall, Interval macroF1) {}
