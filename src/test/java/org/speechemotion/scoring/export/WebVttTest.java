package org.speechemotion.scoring.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;

class WebVttTest extends TimelineFormatContract {

    private static final Pattern TIMING = Pattern.compile("(?:(\\d{2,}):)?([0-5]\\d):([0-5]\\d\\.\\d{3})"
            + "[ \\t]+-->[ \\t]+(?:(\\d{2,}):)?([0-5]\\d):([0-5]\\d\\.\\d{3}).*");

    @Override
    TimelineFormat format() {
        return new WebVtt();
    }

    @Override
    double precision() {
        return 0.00051;
    }

    @Override
    String voice(String speaker) {
        return "<v " + speaker + ">";
    }

    /** Collects the blocks of the file as section 6.1 of the recommendation does. */
    @Override
    List<Read> read(String file) {
        String[] blocks = file.split("\n\n+", -1);
        assertThat(blocks[0]).isEqualTo("WEBVTT");
        List<Read> cues = new ArrayList<>();
        double last = 0;
        for (int i = 1; i < blocks.length; i++) {
            String[] lines = blocks[i].split("\n", 0);
            if (lines[0].startsWith("NOTE")) {
                assertThat(blocks[i]).doesNotContain("-->");
                continue;
            }
            Matcher timing = TIMING.matcher(lines[0]);
            assertThat(timing.matches()).as(lines[0]).isTrue();
            double start = seconds(timing, 1);
            double end = seconds(timing, 4);
            assertThat(end).isGreaterThan(start);
            assertThat(start).isGreaterThanOrEqualTo(last);
            last = start;
            Matcher voice = Pattern.compile("<v Channel (\\d)>(.*)").matcher(lines[1]);
            assertThat(lines).hasSize(2);
            assertThat(voice.matches()).isTrue();
            cues.add(new Read(Integer.parseInt(voice.group(1)), start, end, voice.group(2)));
        }
        return cues;
    }

    /** Reads the tokens of a cue's text as section 6.4 does: timestamps, tags and text with character references. */
    @Override
    List<Word> words(String file) {
        List<Word> words = new ArrayList<>();
        for (Read cue : read(file)) {
            if (!cue.text().startsWith("<c.")) {
                continue;
            }
            double time = cue.start();
            Matcher token = Pattern.compile("<(\\d\\d):(\\d\\d):(\\d\\d\\.\\d{3})>|<[^>]*>|[^<\\s]+")
                    .matcher(cue.text());
            while (token.find()) {
                if (token.group(1) != null) {
                    double next = seconds(token, 1);
                    assertThat(next).isGreaterThan(time).isLessThan(cue.end());
                    time = next;
                } else if (!token.group().startsWith("<")) {
                    String text = token.group()
                            .replace("&lt;", "<")
                            .replace("&gt;", ">")
                            .replace("&amp;", "&");
                    words.add(new Word(text, time, cue.end(), 1));
                }
            }
        }
        return words;
    }

    private static double seconds(Matcher timing, int group) {
        String hours = timing.group(group);
        return (hours == null ? 0 : 3600 * Double.parseDouble(hours))
                + 60 * Double.parseDouble(timing.group(group + 1))
                + Double.parseDouble(timing.group(group + 2));
    }

    @Test
    void aPhraseHasTheColourOfItsEmotion() {
        ExportedTimeline timeline = new ExportedTimeline(
                "a.wav",
                5,
                List.of(new ExportedTimeline.Channel(
                        1, "", List.of(span(0, 5 * RATE, "angry")), new Transcript(WORDS))));
        assertThat(format().text(timeline))
                .contains("00:00:00.500 --> 00:00:01.500\n<c.angry>never <00:00:00.875>\"again\"</c>\n");
    }

    @Test
    void followsTheFormatOfPlayers() {
        assertThat(format().text(timeline("/archive/a.wav")))
                .startsWith("WEBVTT\n\nNOTE a.wav\n\n00:00:00.000 --> 00:00:05.000\n<v Channel 1>angry 0.70\n\n"
                        + "00:00:02.500 --> 01:00:00.000\n<v Channel 2>neutral 0.70\n");
    }
}
