package org.speechemotion.scoring.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.speechemotion.asr.Word;

class TextGridTest extends TimelineFormatContract {

    /** Praat reads free-standing numbers, texts in quotation marks and flags, and ignores all else. */
    private static final Pattern TOKEN =
            Pattern.compile("\"((?:[^\"]|\"\")*)\"|(?<=\\s)(-?\\d+(?:\\.\\d+)?)(?=\\s)|(<exists>)");

    @Override
    TimelineFormat format() {
        return new TextGrid();
    }

    @Override
    String voice(String speaker) {
        return "name = \"" + speaker.replace("\"", "\"\"") + "\"";
    }

    @Override
    List<Read> read(String file) {
        return tiers(file, "channel \\d+");
    }

    @Override
    List<Word> words(String file) {
        return tiers(file, "channel \\d+ words").stream()
                .map(read -> new Word(read.text(), read.start(), read.end(), 1))
                .toList();
    }

    private static List<Read> tiers(String file, String wanted) {
        Deque<String> tokens = new ArrayDeque<>();
        Matcher matcher = TOKEN.matcher(file);
        while (matcher.find()) {
            tokens.add(matcher.group(1) != null ? matcher.group(1).replace("\"\"", "\"") : matcher.group());
        }
        assertThat(tokens.remove()).isEqualTo("ooTextFile");
        assertThat(tokens.remove()).isEqualTo("TextGrid");
        assertThat(tokens.remove()).isEqualTo("0");
        double end = Double.parseDouble(tokens.remove());
        assertThat(tokens.remove()).isEqualTo("<exists>");
        List<Read> parts = new ArrayList<>();
        for (int tiers = Integer.parseInt(tokens.remove()); tiers > 0; tiers--) {
            assertThat(tokens.remove()).isEqualTo("IntervalTier");
            String name = tokens.remove();
            int channel = Integer.parseInt(name.replaceAll("\\D", ""));
            assertThat(tokens.remove()).isEqualTo("0");
            assertThat(Double.parseDouble(tokens.remove())).isEqualTo(end);
            double time = 0;
            for (int intervals = Integer.parseInt(tokens.remove()); intervals > 0; intervals--) {
                double from = Double.parseDouble(tokens.remove());
                double to = Double.parseDouble(tokens.remove());
                String text = tokens.remove();
                assertThat(from).isEqualTo(time);
                assertThat(to).isGreaterThan(from);
                time = to;
                if (!text.isEmpty() && name.matches(wanted)) {
                    parts.add(new Read(channel, from, to, text));
                }
            }
            assertThat(time).isEqualTo(end);
        }
        assertThat(tokens).isEmpty();
        return parts;
    }
}
