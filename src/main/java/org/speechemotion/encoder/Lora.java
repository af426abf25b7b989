package org.speechemotion.encoder;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Low-rank adaptation (Hu et al., <a href="https://arxiv.org/abs/2106.09685">arXiv 2106.09685</a>): the weights {@code W} of a
 * projection stay as they are, and the product of two small matrices is trained, {@code W + alpha / rank · B · A}.
 *
 * @param rank the number of rows of A and of columns of B; 0 for no adaptation
 * @param alpha the scale of the product, which is divided by the rank
 * @param projections the projections of a layer that are adapted
 */
public record Lora(int rank, double alpha, List<Projection> projections) implements Serializable {
    public static final Lora NONE = new Lora(0, 16, List.of(Projection.QUERY, Projection.VALUE));

    private static final int MAX_RANK = 1024;

    /** A linear map of a transformer layer. */
    public enum Projection {
        /** The queries of the attention. */
        QUERY,
        /** The keys of the attention. */
        KEY,
        /** The values of the attention. */
        VALUE,
        /** The output of the attention. */
        OUTPUT,
        /** The first map of the feed-forward part. */
        INNER,
        /** The second map of the feed-forward part. */
        OUTER
    }

    /** @throws IllegalArgumentException if a value is out of its range, or a projection is missing or named twice */
    public Lora {
        if (rank < 0 || rank > MAX_RANK) {
            throw new IllegalArgumentException("rank is " + rank + "; allowed: 0 to " + MAX_RANK);
        }
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("alpha is " + alpha + "; allowed: finite and above 0");
        }
        projections = List.copyOf(projections);
        if (projections.isEmpty() || new HashSet<>(projections).size() < projections.size()) {
            throw new IllegalArgumentException("projections is "
                    + projections.toString().toLowerCase(Locale.ROOT) + "; allowed: at least one, and each one once");
        }
    }

    /** Returns whether anything is adapted. */
    public boolean isUsed() {
        return rank > 0;
    }

    /** Returns the same adaptation with another rank. */
    public Lora withRank(int other) {
        return new Lora(other, alpha, projections);
    }

    /** Returns the factor of the product of the matrices. */
    public double scale() {
        return alpha / rank;
    }
}
