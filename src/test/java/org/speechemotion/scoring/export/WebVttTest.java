package org.speechemotion.scoring.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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
            cues.add(
                    voice.matches()
                            ? new Read(Integer.parseInt(voice.group(1)), start, end, voice.group(2))
                            : new Read(1, start, end, lines[1]));
        }
        return cues;
    }

    private static double seconds(Matcher timing, int group) {
        String hours = timing.group(group);
        return (hours == null ? 0 : 3600 * Double.parseDouble(hours))
                + 60 * Double.parseDouble(timing.group(group + 1))
                + Double.parseDouble(timing.group(group + 2));
    }

    @Test
    void isWhatPlayersExpect() {
        assertThat(format().text(timeline("/archive/a.wav")))
                .startsWith("WEBVTT\n\nNOTE a.wav\n\n00:00:00.000 --> 00:00:05.000\n<v Channel 1>angry 0.70\n\n"
                        + "00:00:02.500 --> 01:00:00.000\n<v Channel 2>neutral 0.70\n");
    }
}
