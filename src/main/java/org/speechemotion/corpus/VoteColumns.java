package org.speechemotion.corpus;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Rejection;

/**
 * The columns {@code votes_<emotion>} of a manifest, with the number or the share of the raters who chose each emotion.
 */
record VoteColumns(EmotionSet emotions) {
    private static final String PREFIX = "votes_";
    private static final Pattern NUMBER = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private List<String> names() {
        return emotions.ids().stream().map(PREFIX::concat).toList();
    }

    /**
     * Returns the standard name of a column, such as {@code votes_happy} for {@code votes_happiness}. Names of other
     * columns are unchanged.
     *
     * @throws IllegalArgumentException if the column has votes for an unknown emotion
     */
    String usual(String column) {
        if (!column.startsWith(PREFIX)) {
            return column;
        }
        return PREFIX
                + emotions.find(column.substring(PREFIX.length()))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "column of votes is \"%s\"; allowed: %s".formatted(column, String.join(", ", names()))))
                        .id();
    }

    /**
     * Returns the votes of a row in label order; empty and missing values are 0.
     *
     * @throws RejectedException if a value is not a number of at least 0
     */
    List<Double> read(Map<String, String> values, boolean decimalComma) throws RejectedException {
        List<String> names = names();
        Double[] votes = new Double[names.size()];
        for (int i = 0; i < votes.length; i++) {
            String written = values.getOrDefault(names.get(i), "");
            String number = decimalComma ? written.replace(',', '.') : written;
            votes[i] = number.isEmpty() ? 0 : NUMBER.matcher(number).matches() ? Double.parseDouble(number) : -1;
            if (votes[i] < 0 || votes[i].isInfinite()) {
                throw new RejectedException(new Rejection(
                        "votes", "%s is \"%s\"; allowed: a number of at least 0".formatted(names.get(i), written)));
            }
        }
        return List.of(votes);
    }

    /** Returns whether there are any votes. */
    static boolean any(List<Double> votes) {
        return Collections.max(votes) > 0;
    }

    /**
     * Returns the emotion with the most votes.
     *
     * @throws RejectedException if several emotions have the most votes
     */
    Emotion winner(List<Double> votes) throws RejectedException {
        double max = Collections.max(votes);
        List<Emotion> winners = emotions.stream()
                .filter(emotion -> votes.get(emotion.label()) == max)
                .toList();
        if (winners.size() > 1) {
            throw new RejectedException(new Rejection(
                    "no-label",
                    "emotion is empty, and several emotions have the most votes: "
                            + winners.stream().map(Emotion::id).collect(Collectors.joining(", "))));
        }
        return winners.get(0);
    }
}
