package org.speechemotion.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Arrays;
import org.speechemotion.corpus.Emotion;

/** How often each emotion was taken for each. Immutable; merging is associative and commutative, so order is free. */
public final class ConfusionMatrix implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final ConfusionMatrix EMPTY = new ConfusionMatrix(new long[Emotion.count()][Emotion.count()]);

    private final long[][] counts;

    private ConfusionMatrix(long[][] counts) {
        this.counts = counts;
    }

    /** No clips. */
    public static ConfusionMatrix empty() {
        return EMPTY;
    }

    /**
     * The clips that the counts say: in JSON, a matrix is its counts.
     *
     * @param counts {@code [truth, predicted]} by label, 8 by 8
     * @throws IllegalArgumentException if the shape is another or a count is negative
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

    /** This and one more clip. */
    public ConfusionMatrix plus(Emotion truth, Emotion predicted) {
        long[][] sum = copy(counts);
        sum[truth.label()][predicted.label()]++;
        return new ConfusionMatrix(sum);
    }

    /** The clips of both. */
    public ConfusionMatrix merge(ConfusionMatrix other) {
        return plus(other, 1);
    }

    /** The clips of this matrix without those of another, which must be among them. */
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

    /** How many clips of the one emotion were taken for the other. */
    public long count(Emotion truth, Emotion predicted) {
        return counts[truth.label()][predicted.label()];
    }

    /** How many clips there are. */
    public long total() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    /** A copy, {@code [truth, predicted]} by label. */
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
