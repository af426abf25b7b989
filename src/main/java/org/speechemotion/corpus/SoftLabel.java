package org.speechemotion.corpus;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What of each emotion is in a clip, as those who rated it see it together.
 *
 * @param shares one for each emotion in label order, 0 or more, 1 in all
 */
public record SoftLabel(List<Double> shares) implements Serializable {
    /** Of the sum, for shares that somebody rounded. */
    private static final double TOLERANCE = 1e-6;

    private static final List<SoftLabel> CERTAIN =
            Arrays.stream(Emotion.values()).map(SoftLabel::certain).toList();

    /**
     * Checks the shares.
     *
     * @throws IllegalArgumentException where they are not as many as the emotions, or negative, or not 1 in all
     */
    public SoftLabel {
        shares = List.copyOf(shares);
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        if (shares.size() != Emotion.count()
                || !shares.stream().allMatch(share -> share >= 0)
                || !(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException(
                    "soft label is %s; allowed: %d shares of 0 or more, 1 in all".formatted(shares, Emotion.count()));
        }
    }

    /** Nothing but this emotion. */
    public static SoftLabel of(Emotion emotion) {
        return CERTAIN.get(emotion.label());
    }

    /**
     * Each emotion's share of the votes.
     *
     * @param votes one number for each emotion in label order, 0 or more and finite, not all 0
     */
    public static SoftLabel ofVotes(List<Double> votes) {
        // By a power of two first, which rounds nothing, for sums beyond the largest number.
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
