package org.speechemotion.metrics;

import java.util.Map;

/**
 * Everything that is reported about predictions on one side of a split.
 *
 * @param scores over the clips of all actors
 * @param accuracyInterval 95 %, over actors; likewise the other two
 * @param actors how many actors the clips are by
 */
public record Evaluation(
        Scores scores,
        Interval accuracyInterval,
        Interval unweightedAverageRecallInterval,
        Interval macroF1Interval,
        ConfusionMatrix matrix,
        int actors) {
    /** Enough that the ends of an interval move by less than a tenth of its width from seed to seed. */
    private static final int RESAMPLES = 2000;

    /** Evaluates predictions counted actor by actor. */
    public static Evaluation of(Map<String, ConfusionMatrix> byActor, long seed) {
        ConfusionMatrix matrix = byActor.values().stream().reduce(ConfusionMatrix.empty(), ConfusionMatrix::merge);
        return new Evaluation(
                Scores.of(matrix),
                ActorBootstrap.accuracy(byActor, RESAMPLES, seed),
                ActorBootstrap.unweightedAverageRecall(byActor, RESAMPLES, seed),
                ActorBootstrap.macroF1(byActor, RESAMPLES, seed),
                matrix,
                byActor.size());
    }

    /** For people: the scores with their intervals, the classes, and the confusion matrix, in aligned columns. */
    public String table() {
        return EvaluationTable.of(this);
    }
}
