package org.speechemotion.corpus;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The columns {@code votes_<emotion>} of a manifest: how many raters heard which emotion, or what share of them. */
final class VoteColumns {
    private static final String PREFIX = "votes_";
    private static final List<String> NAMES = Arrays.stream(Emotion.values())
            .map(emotion -> PREFIX + emotion.id())
            .toList();
    private static final Pattern NUMBER = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private VoteColumns() {}

    /**
     * Checks that each column that would have votes is of an emotion.
     *
     * @throws IOException where one is not
     */
    static void check(String manifest, List<String> header) throws IOException {
        for (String column : header) {
            if (column.startsWith(PREFIX) && !NAMES.contains(column)) {
                throw new IOException("%s has a column \"%s\"; of votes there may be: %s"
                        .formatted(manifest, column, String.join(", ", NAMES)));
            }
        }
    }

    /**
     * A row's votes, in label order; what is empty or has no column is 0.
     *
     * @throws RejectionException where one is not a number of 0 or more
     */
    static List<Double> read(Map<String, String> values) throws RejectionException {
        Double[] votes = new Double[NAMES.size()];
        for (int i = 0; i < votes.length; i++) {
            String written = values.getOrDefault(NAMES.get(i), "");
            votes[i] = written.isEmpty() ? 0 : NUMBER.matcher(written).matches() ? Double.parseDouble(written) : -1;
            if (votes[i] < 0 || votes[i].isInfinite()) {
                throw new RejectionException(
                        "%s is \"%s\"; allowed: a number of 0 or more".formatted(NAMES.get(i), written));
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
     * @throws RejectionException where there are several
     */
    static Emotion winner(List<Double> votes) throws RejectionException {
        double most = Collections.max(votes);
        List<Emotion> winners = Arrays.stream(Emotion.values())
                .filter(emotion -> votes.get(emotion.label()) == most)
                .toList();
        if (winners.size() > 1) {
            throw new RejectionException("emotion is empty, and the most votes are a tie: "
                    + winners.stream().map(Emotion::id).collect(Collectors.joining(", ")));
        }
        return winners.get(0);
    }
}
