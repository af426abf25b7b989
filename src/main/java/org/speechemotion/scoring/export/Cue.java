package org.speechemotion.scoring.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;
import org.speechemotion.scoring.export.ExportedTimeline.Channel;
import org.speechemotion.scoring.export.ExportedTimeline.Span;

/**
 * A caption. If words are known, it is a phrase with the emotion of its span. A span of speech without words
 * is one caption, and a span of silence is one only if words were recognised in it.
 *
 * @param start the time of its beginning in s
 * @param end the time of its end in s
 * @param words the spoken words; may be empty
 */
record Cue(Channel channel, double start, double end, Span span, List<Word> words) {

    /** A longer pause ends a phrase, in s. */
    private static final double MAX_PAUSE = 1;

    /** Two lines of a subtitle, in characters. */
    private static final int MAX_LENGTH = 84;

    /** Returns the captions of all channels in the order of their beginnings. */
    static List<Cue> of(ExportedTimeline timeline) {
        List<Cue> cues = new ArrayList<>();
        for (Channel channel : timeline.channels()) {
            List<Span> spans = channel.joined();
            for (int i = 0; i < spans.size(); i++) {
                Span span = spans.get(i);
                Transcript said = channel.words()
                        .between(
                                i == 0 ? Double.NEGATIVE_INFINITY : span.start(),
                                i == spans.size() - 1 ? Double.POSITIVE_INFINITY : span.end());
                List<List<Word>> phrases = phrases(said.words());
                for (List<Word> phrase : phrases) {
                    double end = phrase.get(phrase.size() - 1).endSeconds();
                    cues.add(new Cue(channel, phrase.get(0).startSeconds(), end, span, phrase));
                }
                if (phrases.isEmpty() && span.speech()) {
                    cues.add(new Cue(channel, span.start(), span.end(), span, List.of()));
                }
            }
        }
        cues.sort(Comparator.comparingDouble(Cue::start));
        return cues;
    }

    private static List<List<Word>> phrases(List<Word> words) {
        List<List<Word>> phrases = new ArrayList<>();
        List<Word> phrase = new ArrayList<>();
        int length = 0;
        for (Word word : words) {
            boolean full = length + word.text().length() > MAX_LENGTH;
            if (!phrase.isEmpty()
                    && (full
                            || word.startSeconds()
                                            - phrase.get(phrase.size() - 1).endSeconds()
                                    > MAX_PAUSE)) {
                phrases.add(phrase);
                phrase = new ArrayList<>();
                length = 0;
            }
            phrase.add(word);
            length += word.text().length() + 1;
        }
        if (!phrase.isEmpty()) {
            phrases.add(phrase);
        }
        return phrases;
    }

    /** Returns the words, separated by single spaces. */
    String text() {
        return new Transcript(words).text();
    }
}
