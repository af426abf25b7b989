package org.speechemotion.corpus;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The distribution of the emotions in a clip according to its raters.
 *
 * @param shares the share of each emotion in label order, at least 0 and with a sum of 1
 */
public record SoftLabel(List<Double> shares) implements Serializable {
    /** The tolerance of the sum for rounded shares. */
    private static final double TOLERANCE = 1e-6;

    /**
     * Checks the shares.
     *
     * @throws IllegalArgumentException if there are no shares, a share is negative, or the sum is not 1
     */
    public SoftLabel {
        shares = List.copyOf(shares);
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        if (shares.isEmpty() || !shares.stream().allMatch(share -> share >= 0) || !(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException(
                    "soft label is %s; allowed: shares of at least 0 with a sum of 1".formatted(shares));
        }
    }

    /** Returns the soft label of a single emotion. */
    public static SoftLabel of(Emotion emotion) {
        List<Double> shares = new ArrayList<>(Collections.nCopies(emotion.set().size(), 0.0));
        shares.set(emotion.label(), 1.0);
        return new SoftLabel(shares);
    }

    /**
     * Returns each emotion's share of the votes.
     *
     * @param votes the votes for each emotion in label order, finite, at least 0 and not all 0
     */
    public static SoftLabel ofVotes(List<Double> votes) {
        // Scaling by a power of two is exact and prevents an overflow of the sum.
        double scale = Math.scalb(1.0, -Math.getExponent(Collections.max(votes)));
        double sum = votes.stream().mapToDouble(vote -> vote * scale).sum();
        return new SoftLabel(votes.stream().map(vote -> vote * scale / sum).toList());
    }
}
