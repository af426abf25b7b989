package org.speechemotion.corpus;

import java.io.Serializable;
import java.util.Arrays;
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

    private static final List<SoftLabel> CERTAIN =
            Arrays.stream(Emotion.values()).map(SoftLabel::certain).toList();

    /**
     * Checks the shares.
     *
     * @throws IllegalArgumentException if there is not one share for each emotion, a share is negative, or the sum is not
     *     1
     */
    public SoftLabel {
        shares = List.copyOf(shares);
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        if (shares.size() != Emotion.count()
                || !shares.stream().allMatch(share -> share >= 0)
                || !(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException("soft label is %s; allowed: %d shares of at least 0 with a sum of 1"
                    .formatted(shares, Emotion.count()));
        }
    }

    /** Returns the soft label of a single emotion. */
    public static SoftLabel of(Emotion emotion) {
        return CERTAIN.get(emotion.label());
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

    private static SoftLabel certain(Emotion emotion) {
        Double[] shares = new Double[Emotion.count()];
        Arrays.fill(shares, 0.0);
        shares[emotion.label()] = 1.0;
        return new SoftLabel(List.of(shares));
    }
}
