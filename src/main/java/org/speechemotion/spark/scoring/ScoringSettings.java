package org.speechemotion.spark.scoring;

import java.io.Serializable;
import org.speechemotion.scoring.SpeedViews;

/**
 * The settings of the scores themselves, of a table or of single files.
 *
 * @param batchSize the maximum number of clips, or windows of longer recordings, that are predicted together
 * @param abstainBelow the confidence below which the emotion is {@link org.speechemotion.metrics.Probabilities#UNCERTAIN}, 0
 *     to 1
 * @param embeddings whether the table has a column of embeddings
 * @param timeline whether the table has a column with the segments of each recording; CSV cannot have one
 * @param calls whether the table has a column with the speaking times in each recording; CSV cannot have one
 * @param acoustics whether the table has a column with the acoustic properties of each recording; CSV cannot have one
 * @param views the number of speeds at which each clip or window is scored; see {@link SpeedViews}
 */
public record ScoringSettings(
        int batchSize,
        double abstainBelow,
        boolean embeddings,
        boolean timeline,
        boolean calls,
        boolean acoustics,
        int views)
        implements Serializable {
    /** @throws IllegalArgumentException if a value is out of its range */
    public ScoringSettings {
        if (batchSize < 1) {
            throw new IllegalArgumentException("score.batch-size is " + batchSize + "; allowed: 1 or more");
        }
        if (!(abstainBelow >= 0 && abstainBelow <= 1)) {
            throw new IllegalArgumentException("score.abstain-below is " + abstainBelow + "; allowed: 0 to 1");
        }
        SpeedViews.requireAllowed(views);
    }

    /** Creates settings without statistics of calls and without acoustic properties. */
    public ScoringSettings(int batchSize, double abstainBelow, boolean embeddings, boolean timeline) {
        this(batchSize, abstainBelow, embeddings, timeline, false, false, 1);
    }

    /** Returns batches of 16, no abstention, no embeddings, with timelines, without statistics of calls and acoustic properties. */
    public static ScoringSettings defaults() {
        return new ScoringSettings(16, 0, false, true);
    }

    public ScoringSettings withBatchSize(int size) {
        return new ScoringSettings(size, abstainBelow, embeddings, timeline, calls, acoustics, views);
    }

    public ScoringSettings withAbstainBelow(double confidence) {
        return new ScoringSettings(batchSize, confidence, embeddings, timeline, calls, acoustics, views);
    }

    public ScoringSettings withEmbeddings(boolean wanted) {
        return new ScoringSettings(batchSize, abstainBelow, wanted, timeline, calls, acoustics, views);
    }

    public ScoringSettings withTimeline(boolean wanted) {
        return new ScoringSettings(batchSize, abstainBelow, embeddings, wanted, calls, acoustics, views);
    }

    public ScoringSettings withCalls(boolean wanted) {
        return new ScoringSettings(batchSize, abstainBelow, embeddings, timeline, wanted, acoustics, views);
    }

    public ScoringSettings withAcoustics(boolean wanted) {
        return new ScoringSettings(batchSize, abstainBelow, embeddings, timeline, calls, wanted, views);
    }

    public ScoringSettings withViews(int count) {
        return new ScoringSettings(batchSize, abstainBelow, embeddings, timeline, calls, acoustics, count);
    }

    /** Returns the views of a clip or window. */
    public SpeedViews speeds() {
        return new SpeedViews(views);
    }
}
