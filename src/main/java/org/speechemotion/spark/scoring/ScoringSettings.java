package org.speechemotion.spark.scoring;

import java.io.Serializable;

/**
 * The settings of the scores themselves, of a table or of single files.
 *
 * @param batchSize the maximum number of clips, or windows of longer recordings, that are predicted together
 * @param abstainBelow the confidence below which the emotion is {@link org.speechemotion.metrics.Probabilities#UNCERTAIN}, 0
 *     to 1
 * @param embeddings whether the table has a column of embeddings
 * @param timeline whether the table has a column with the segments of each recording; CSV cannot have one
 * @param calls whether the table has a column with who speaks how much in each recording; CSV cannot have one
 */
public record ScoringSettings(int batchSize, double abstainBelow, boolean embeddings, boolean timeline, boolean calls)
        implements Serializable {
    /** @throws IllegalArgumentException if a value is out of its range */
    public ScoringSettings {
        if (batchSize < 1) {
            throw new IllegalArgumentException("score.batch-size is " + batchSize + ": allowed is 1 or more");
        }
        if (!(abstainBelow >= 0 && abstainBelow <= 1)) {
            throw new IllegalArgumentException("score.abstain-below is " + abstainBelow + ": allowed is 0 to 1");
        }
    }

    /** Settings without statistics of calls. */
    public ScoringSettings(int batchSize, double abstainBelow, boolean embeddings, boolean timeline) {
        this(batchSize, abstainBelow, embeddings, timeline, false);
    }

    /** Batches of 16, no abstention, no embeddings, with timelines, without statistics of calls. */
    public static ScoringSettings defaults() {
        return new ScoringSettings(16, 0, false, true, false);
    }

    public ScoringSettings withBatchSize(int size) {
        return new ScoringSettings(size, abstainBelow, embeddings, timeline, calls);
    }

    public ScoringSettings withAbstainBelow(double confidence) {
        return new ScoringSettings(batchSize, confidence, embeddings, timeline, calls);
    }

    public ScoringSettings withEmbeddings(boolean wanted) {
        return new ScoringSettings(batchSize, abstainBelow, wanted, timeline, calls);
    }

    public ScoringSettings withTimeline(boolean wanted) {
        return new ScoringSettings(batchSize, abstainBelow, embeddings, wanted, calls);
    }

    public ScoringSettings withCalls(boolean wanted) {
        return new ScoringSettings(batchSize, abstainBelow, embeddings, timeline, wanted);
    }
}
