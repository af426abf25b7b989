package org.speechemotion.scoring.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.scoring.export.ExportedTimeline.Channel;
import org.speechemotion.scoring.export.ExportedTimeline.Span;

/** The contract of every format. Implementations read their files by a parser that follows the format's specification. */
abstract class TimelineFormatContract {

    static final int RATE = 16_000;

    /**
     * A part that was read.
     *
     * @param channel 1 or more
     */
    record Read(int channel, double start, double end, String text) {}

    abstract TimelineFormat format();

    /** Reads the parts of speech in a file; their texts begin with the answer. */
    abstract List<Read> read(String file);

    /** The greatest error of a time in s. */
    double precision() {
        return 1e-9;
    }

    /** Returns whether the file has every segment rather than parts of one answer. */
    boolean everySegment() {
        return false;
    }

    static Span span(long startSample, long endSample, String answer) {
        boolean speech = !answer.equals("silence");
        Map<String, Double> probabilities = new LinkedHashMap<>();
        if (speech) {
            probabilities.put("angry", 0.7);
            probabilities.put("neutral", 0.3);
        }
        return new Span(
                (double) startSample / RATE,
                (double) endSample / RATE,
                answer,
                speech,
                speech ? 0.7 : 0,
                probabilities);
    }

    static ExportedTimeline timeline(String path) {
        List<Span> customer = List.of(
                span(0, 40_001, "angry"),
                span(40_001, 80_002, "angry"),
                span(80_002, 80_003, "silence"),
                span(80_003, 57_600_007, "uncertain"));
        List<Span> agent = List.of(span(0, 40_001, "silence"), span(40_001, 57_600_007, "neutral"));
        return new ExportedTimeline(
                path, 57_600_007.0 / RATE, List.of(new Channel(1, customer), new Channel(2, agent)));
    }

    @Test
    void timesAndEmotionsRoundTrip() {
        ExportedTimeline timeline = timeline("/archive/call one & <two>.wav");
        List<Read> expected = new ArrayList<>();
        for (Channel channel : timeline.channels()) {
            for (Span span : everySegment() ? channel.spans() : channel.joined()) {
                if (span.speech()) {
                    expected.add(new Read(channel.number(), span.start(), span.end(), span.answer()));
                }
            }
        }
        List<Read> read = read(format().text(timeline));
        assertThat(read).hasSameSizeAs(expected);
        for (Read part : expected) {
            assertThat(read).anySatisfy(found -> {
                assertThat(found.channel()).isEqualTo(part.channel());
                assertThat(found.start()).isCloseTo(part.start(), within(precision()));
                assertThat(found.end()).isCloseTo(part.end(), within(precision()));
                assertThat(found.text()).startsWith(part.text());
            });
        }
    }

    /** A word that begins in a span and ends in the next, one that is said in silence, a long pause and an unpleasant text. */
    static final List<Word> WORDS = List.of(
            new Word("never", 0.5, 0.75, 0.9),
            new Word("\"again\"", 0.875, 1.5, 0.8),
            new Word("<&>", 4.5, 5.25, 0.5),
            new Word("-->", 2000.5, 2001, 0.5));

    /** The words that the file has, with their times, or those of the phrase that they are in; empty if the format has none. */
    abstract List<Word> words(String file);

    /** Returns whether words have their own times rather than those of phrases. */
    boolean timesOfWords() {
        return true;
    }

    @Test
    void wordsRoundTrip() {
        ExportedTimeline without = timeline("a.wav");
        String text = format().text(new ExportedTimeline(
                "a.wav",
                without.seconds(),
                List.of(
                        new Channel(1, "", without.channels().get(0).spans(), new Transcript(WORDS)),
                        without.channels().get(1))));
        List<Word> words = words(text);
        if (words.isEmpty()) {
            assertThat(text).isEqualTo(format().text(without));
            return;
        }
        assertThat(words).extracting(Word::text).containsExactly("never", "\"again\"", "<&>", "-->");
        for (int i = 0; timesOfWords() && i < words.size(); i++) {
            assertThat(words.get(i).startSeconds()).isCloseTo(WORDS.get(i).startSeconds(), within(precision()));
        }
        assertThat(words.get(3).endSeconds()).isCloseTo(2001, within(precision()));
        assertThat(read(text)).extracting(Read::channel).contains(1, 2);
    }

    /** Returns the name of a speaker in the file. */
    abstract String voice(String speaker);

    @Test
    void namesSpeakersWhoAreKnown() {
        ExportedTimeline unknown = timeline("a.wav");
        List<Channel> sides = List.of(
                new Channel(1, "agent", unknown.channels().get(0).spans(), Transcript.EMPTY),
                new Channel(1, "a\"b", unknown.channels().get(1).spans(), Transcript.EMPTY));
        assertThat(format().text(unknown)).doesNotContain("agent");
        assertThat(format().text(new ExportedTimeline("a.wav", unknown.seconds(), sides)))
                .contains(voice("agent"), voice("a\"b"));
        assertThat(format().text(new ExportedTimeline("a.wav", unknown.seconds(), sides.subList(0, 1))))
                .contains(voice("agent"));
    }

    @Test
    void survivesAnyName() {
        ExportedTimeline timeline = timeline("/a/b --> c\n\"d\" \t <e>&.wav");
        assertThat(read(format().text(timeline))).hasSize(everySegment() ? 4 : 3);
    }

    @Test
    void writesARecordingWithoutSpeech() {
        ExportedTimeline silent =
                new ExportedTimeline("a.wav", 2, List.of(new Channel(1, List.of(span(0, 32_000, "silence")))));
        assertThat(read(format().text(silent))).isEmpty();
    }

    @Test
    void isFoundByName() {
        assertThat(Plugins.find(TimelineFormat.class, format().name())).hasSameClassAs(format());
        assertThat(format().extension()).matches("[A-Za-z.]+");
    }
}
