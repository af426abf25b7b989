package org.speechemotion.metrics;

import java.util.Map;
import java.util.Optional;

/**
 * The scores of the predictions for one side of a split.
 *
 * @param scores the scores over the clips of all speakers
 * @param intervals the confidence intervals of these scores; empty if there are too few speakers for an interval
 * @param matrix the sum of the speakers' confusion matrices
 * @param speakers the number of speakers that have clips
 */
public record Evaluation(Scores scores, Optional<ScoreIntervals> intervals, ConfusionMatrix matrix, int speakers) {
    /** The short text that is shown in place of a missing interval. */
    public static final String TOO_FEW_SPEAKERS = "too few speakers for an interval";

    /** Evaluates predictions that were counted by speaker. */
    public static Evaluation of(Map<String, ConfusionMatrix> bySpeaker) {
        SpeakerJackknife jackknife = new SpeakerJackknife(bySpeaker.values());
        ConfusionMatrix matrix = bySpeaker.values().stream().reduce(ConfusionMatrix.empty(), ConfusionMatrix::merge);
        return new Evaluation(jackknife.pooled(), jackknife.intervals(), matrix, jackknife.speakers());
    }

    /** Returns why there are no intervals, with the number of speakers found and needed; empty if there are intervals. */
    public Optional<String> missingIntervalReason() {
        return intervals.isPresent()
                ? Optional.empty()
                : Optional.of("%s: %d, at least %d are needed"
                        .formatted(TOO_FEW_SPEAKERS, speakers, SpeakerJackknife.MIN_SPEAKERS));
    }

    /**
     * Returns the scores with their intervals, the scores by emotion and the confusion matrix as text in aligned columns.
     */
    public String table() {
        return EvaluationTable.of(this);
    }
}
