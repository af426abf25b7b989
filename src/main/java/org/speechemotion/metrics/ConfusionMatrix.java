package org.speechemotion.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;

/**
 * Counts of clips by true and predicted emotion. They are immutable. Merging is associative and commutative, so the order does not
 * matter.
 */
public final class ConfusionMatrix implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final ConfusionMatrix EMPTY = empty(EmotionSet.EIGHT);

    private final EmotionSet emotions;

    private final long[][] counts;

    private ConfusionMatrix(EmotionSet emotions, long[][] counts) {
        this.emotions = emotions;
        this.counts = counts;
    }

    /** Returns the matrix of no clips, which changes nothing when it is merged. */
    public static ConfusionMatrix empty() {
        return EMPTY;
    }

    /** Returns the matrix of no clips with a row and a column for each emotion. */
    public static ConfusionMatrix empty(EmotionSet emotions) {
        return new ConfusionMatrix(emotions, new long[emotions.size()][emotions.size()]);
    }

    /** Returns the matrix of counts {@code [truth, predicted]} of {@link EmotionSet#EIGHT}. */
    public static ConfusionMatrix of(long[][] counts) {
        return of(EmotionSet.EIGHT, counts);
    }

    /**
     * Returns the matrix of the given counts.
     *
     * @param counts {@code [truth, predicted]} by label
     * @throws IllegalArgumentException if there is not a row and a column for each emotion, or a count is negative
     */
    public static ConfusionMatrix of(EmotionSet emotions, long[][] counts) {
        int size = emotions.size();
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
        return new ConfusionMatrix(emotions, copy(counts));
    }

    /** Returns this matrix with one more clip. */
    public ConfusionMatrix plus(Emotion truth, Emotion predicted) {
        long[][] sum = copy(counts);
        sum[truth.label()][predicted.label()]++;
        return new ConfusionMatrix(emotions, sum);
    }

    /**
     * Returns the sum of both matrices.
     *
     * @throws IllegalArgumentException if both have clips, and their emotions differ
     */
    public ConfusionMatrix merge(ConfusionMatrix other) {
        return total() == 0 ? other : other.total() == 0 ? this : plus(other, 1);
    }

    /** Returns this matrix less another one, whose clips must be among those of this one. */
    ConfusionMatrix minus(ConfusionMatrix other) {
        return plus(other, -1);
    }

    private ConfusionMatrix plus(ConfusionMatrix other, int sign) {
        if (!emotions.equals(other.emotions)) {
            throw new IllegalArgumentException("the confusion matrices are of %s and of %s; allowed: the same emotions"
                    .formatted(emotions, other.emotions));
        }
        long[][] sum = copy(counts);
        for (int truth = 0; truth < sum.length; truth++) {
            for (int predicted = 0; predicted < sum.length; predicted++) {
                sum[truth][predicted] += sign * other.counts[truth][predicted];
            }
        }
        return new ConfusionMatrix(emotions, sum);
    }

    /** Returns the emotions of the rows and columns. */
    public EmotionSet emotions() {
        return emotions;
    }

    @JsonCreator
    static ConfusionMatrix ofJson(
            @JsonProperty("emotions") List<String> emotions, @JsonProperty("counts") long[][] counts) {
        return of(EmotionSet.ofModel(emotions), counts);
    }

    @JsonProperty("emotions")
    List<String> ids() {
        return emotions.ids();
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
    @JsonProperty("counts")
    public long[][] counts() {
        return copy(counts);
    }

    private static long[][] copy(long[][] counts) {
        return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix that
                && emotions.equals(that.emotions)
                && Arrays.deepEquals(counts, that.counts);
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
