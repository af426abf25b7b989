package org.speechemotion.split;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.speechemotion.corpus.Folding;

/**
 * Finds ids that probably stand for the same speaker, such as {@code spk1}, {@code Spk01} and {@code spk1.0}, whose clips
 * a split could put on different sides.
 */
public final class SimilarSpeakers {
    /** Leading zeros of a whole number, but not zeros after a decimal point. */
    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<!\\d)(?<!\\d\\.)0+(?=\\d)");

    private static final Pattern NO_FRACTION = Pattern.compile("(?<![\\d.])(\\d+)\\.0+(?![\\d.])");

    private SimilarSpeakers() {}

    /**
     * Returns the first two ids, in sorted order, that differ only in case, spaces, compatibility characters of Unicode,
     * leading zeros of a number or a fraction of zeros.
     *
     * @param actorIds ids of the form {@code <corpus>:<speaker>}; the ids of different corpora are always different
     * @return a message that names both; empty if there are none
     */
    public static Optional<String> find(Collection<String> actorIds) {
        Map<String, String> firstOfForm = new HashMap<>();
        String message = null;
        int pairs = 0;
        for (String id : new TreeSet<>(actorIds)) {
            String first = firstOfForm.putIfAbsent(form(id), id);
            if (first != null) {
                pairs++;
                message = message != null
                        ? message
                        : "speakers \"%s\" and \"%s\" have ids that differ only in case, spaces or zeros"
                                .formatted(first, id);
            }
        }
        return pairs > 1 ? Optional.of("%s (and %d more)".formatted(message, pairs - 1)) : Optional.ofNullable(message);
    }

    /**
     * Checks that there are no such ids.
     *
     * @throws IllegalArgumentException if there are two
     */
    public static void requireNone(Collection<String> actorIds) {
        find(actorIds).ifPresent(similar -> {
            throw new IllegalArgumentException(similar
                    + "; each person must have one id. If they are two people, set split.allow-similar-speakers=true");
        });
    }

    private static String form(String speakerId) {
        String folded = Folding.fold(speakerId).replaceAll("\\s*:\\s*", ":");
        return NO_FRACTION.matcher(LEADING_ZEROS.matcher(folded).replaceAll("")).replaceAll("$1");
    }
}
