package org.speechemotion.spark;

import java.io.Serializable;

/**
 * How an archive is scored.
 *
 * @param batchSize most clips that are predicted together
 * @param embeddings whether the table has a column with the mean of what the encoder gives
 */
public record ScoringSettings(int batchSize, boolean embeddings) implements Serializable {
    public ScoringSettings {
        if (batchSize < 1) {
            throw new IllegalArgumentException("score.batch-size is " + batchSize + ": allowed is 1 or more");
        }
    }
}
