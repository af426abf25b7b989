package org.speechemotion.spark.scoring;

import java.io.Serializable;

/**
 * How an archive is scored.
 *
 * @param batchSize most clips, or windows of longer recordings, that are predicted together
 * @param abstainBelow confidence below which the emotion is {@link org.speechemotion.metrics.Probabilities#UNCERTAIN}, 0 to 1
 * @param embeddings whether the table has a column of embeddings
 * @param timeline whether it has a column with the segments of each recording, where its format can hold it
 */
public record ScoringSettings(int batchSize, double abstainBelow, boolean embeddings, boolean timeline)
        implements Serializable {
    public ScoringSettings {
        if (batchSize < 1) {
            throw new IllegalArgumentException("score.batch-size is " + batchSize + ": allowed is 1 or more");
        }
        if (!(abstainBelow >= 0 && abstainBelow <= 1)) {
            throw new IllegalArgumentException("score.abstain-below is " + abstainBelow + ": allowed is 0 to 1");
        }
    }
}
