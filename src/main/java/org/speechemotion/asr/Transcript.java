package org.speechemotion.asr;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The words of a recording.
 *
 * @param words the words in the order of time, without overlaps; empty if nothing was said
 */
public record Transcript(List<Word> words) implements Serializable {
    public static final Transcript EMPTY = new Transcript(List.of());

    public Transcript {
        words = List.copyOf(words);
    }

    /** Returns the words, separated by single spaces; "" if nothing was said. */
    public String text() {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    /**
     * Returns the words whose middle lies in a span. Each word belongs to exactly one of several adjacent spans.
     *
     * @param startSeconds the begin of the span, inclusive, in s
     * @param endSeconds the end of the span, exclusive, in s
     */
    public Transcript between(double startSeconds, double endSeconds) {
        int first = firstFrom(startSeconds);
        return new Transcript(words.subList(first, Math.max(first, firstFrom(endSeconds))));
    }

    /** Returns the index of the first word whose middle is not before a time. */
    private int firstFrom(double seconds) {
        int low = 0;
        int high = words.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (words.get(middle).middleSeconds() < seconds) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns this transcript at a later time, in s, such as that of a segment in its recording. */
    public Transcript shifted(double seconds) {
        return new Transcript(words.stream().map(word -> word.shifted(seconds)).toList());
    }
}
