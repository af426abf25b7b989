package org.speechemotion.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Arrays;
import org.speechemotion.corpus.Emotion;

/**
 * Counts of clips by true and predicted emotion. Immutable. Merging is associative and commutative, so the order does not
 * matter.
 */
public final class ConfusionMatrix implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final ConfusionMatrix EMPTY = new ConfusionMatrix(new long[Emotion.count()][Emotion.count()]);

    private final long[][] counts;

    private ConfusionMatrix(long[][] counts) {
        this.counts = counts;
    }

    /** Returns the matrix of no clips. */
    public static ConfusionMatrix empty() {
        return EMPTY;
    }

    /**
     * Returns the matrix of the given counts, which are also its JSON form.
     *
     * @param counts {@code [truth, predicted]} by label, 8 by 8
     * @throws IllegalArgumentException if the shape is not 8 by 8 or a count is negative
     */
    @JsonCreator
    public static ConfusionMatrix of(long[][] counts) {
        int size = Emotion.count();
        if (counts.length != size || Arrays.stream(counts).anyMatch(row -> row.length != size)) {
            throw new IllegalArgumentException("confusion matrix has rows of %s; allowed: %d rows of %d"
                    .formatted(
                            Arrays.toString(Arrays.stream(counts)
                                    .mapToInt(row -> row.length)
                                    .toArray()),
                            size,
                            size));
        }
        if (Arrays.stream(counts).flatMapToLong(Arrays::stream).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("confusion matrix has a negative count: " + Arrays.deepToString(counts));
        }
        return new ConfusionMatrix(copy(counts));
    }

    /** Returns this matrix with one more clip. */
    public ConfusionMatrix plus(Emotion truth, Emotion predicted) {
        long[][] sum = copy(counts);
        sum[truth.label()][predicted.label()]++;
        return new ConfusionMatrix(sum);
    }

    /** Returns the sum of both matrices. */
    public ConfusionMatrix merge(ConfusionMatrix other) {
        return plus(other, 1);
    }

    /** Returns this matrix less another one, whose clips must be among those of this one. */
    ConfusionMatrix minus(ConfusionMatrix other) {
        return plus(other, -1);
    }

    private ConfusionMatrix plus(ConfusionMatrix other, int sign) {
        long[][] sum = copy(counts);
        for (int truth = 0; truth < sum.length; truth++) {
            for (int predicted = 0; predicted < sum.length; predicted++) {
                sum[truth][predicted] += sign * other.counts[truth][predicted];
            }
        }
        return new ConfusionMatrix(sum);
    }

    /** Returns the number of clips of the true emotion that were predicted as the other. */
    public long count(Emotion truth, Emotion predicted) {
        return counts[truth.label()][predicted.label()];
    }

    /** Returns the number of clips. */
    public long total() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    /** Returns a copy of the counts, {@code [truth, predicted]} by label. */
    @JsonValue
    public long[][] counts() {
        return copy(counts);
    }

    private static long[][] copy(long[][] counts) {
        return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix that && Arrays.deepEquals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(counts);
    }
}
