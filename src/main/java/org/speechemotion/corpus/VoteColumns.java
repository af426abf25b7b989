package org.speechemotion.corpus;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Rejection;

/** The columns {@code votes_<emotion>} of a manifest: how many raters heard which emotion, or what share of them. */
final class VoteColumns {
    private static final String PREFIX = "votes_";
    private static final List<String> NAMES = Arrays.stream(Emotion.values())
            .map(emotion -> PREFIX + emotion.id())
            .toList();
    private static final Pattern NUMBER = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private VoteColumns() {}

    /**
     * The column's usual name: {@code votes_happy} for {@code votes_happiness}. A column that has no votes stays as it is.
     *
     * @throws IllegalArgumentException where the column would have votes for something that is no emotion
     */
    static String usual(String column) {
        if (!column.startsWith(PREFIX)) {
            return column;
        }
        return PREFIX
                + EmotionNames.find(column.substring(PREFIX.length()))
                        .orElseThrow(
                                () -> new IllegalArgumentException("there is a column \"%s\"; columns of votes are: %s"
                                        .formatted(column, String.join(", ", NAMES))))
                        .id();
    }

    /**
     * A row's votes, in label order; what is empty or has no column is 0.
     *
     * @param decimalComma whether {@code 0,5} is a half
     * @throws RejectedException where one is not a number of 0 or more
     */
    static List<Double> read(Map<String, String> values, boolean decimalComma) throws RejectedException {
        Double[] votes = new Double[NAMES.size()];
        for (int i = 0; i < votes.length; i++) {
            String written = values.getOrDefault(NAMES.get(i), "");
            String number = decimalComma ? written.replace(',', '.') : written;
            votes[i] = number.isEmpty() ? 0 : NUMBER.matcher(number).matches() ? Double.parseDouble(number) : -1;
            if (votes[i] < 0 || votes[i].isInfinite()) {
                throw new RejectedException(new Rejection(
                        "votes", "%s is \"%s\"; allowed: a number of 0 or more".formatted(NAMES.get(i), written)));
            }
        }
        return List.of(votes);
    }

    /** Whether anybody voted. */
    static boolean any(List<Double> votes) {
        return Collections.max(votes) > 0;
    }

    /**
     * The emotion with the most votes.
     *
     * @throws RejectedException where there are several
     */
    static Emotion winner(List<Double> votes) throws RejectedException {
        double most = Collections.max(votes);
        List<Emotion> winners = Arrays.stream(Emotion.values())
                .filter(emotion -> votes.get(emotion.label()) == most)
                .toList();
        if (winners.size() > 1) {
            throw new RejectedException(new Rejection(
                    "no-label",
                    "emotion is empty, and the most votes are a tie: "
                            + winners.stream().map(Emotion::id).collect(Collectors.joining(", "))));
        }
        return winners.get(0);
    }
}
