package org.speechemotion.scoring.export;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import org.speechemotion.asr.Word;
import org.speechemotion.scoring.export.ExportedTimeline.Channel;

/**
 * An annotation of Praat in its long text form (<a
 * href="https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html">its manual</a>): for each speaker, or else each channel, an interval tier of
 * emotions and, if words are known, one of words. A tier covers the whole recording. The text of silence is empty.
 */
@AutoService(TimelineFormat.class)
public final class TextGrid implements TimelineFormat {

    private record Interval(double start, double end, String text) {}

    private record Tier(String name, List<Interval> intervals) {}

    @Override
    public String name() {
        return "textgrid";
    }

    @Override
    public String extension() {
        return "TextGrid";
    }

    @Override
    public String text(ExportedTimeline timeline) {
        List<Tier> tiers = tiers(timeline);
        String end = Times.seconds(timeline.seconds());
        StringBuilder text = new StringBuilder("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n");
        text.append("xmin = 0\nxmax = ").append(end).append("\ntiers? <exists>\n");
        text.append("size = ").append(tiers.size()).append("\nitem []:\n");
        for (int i = 0; i < tiers.size(); i++) {
            List<Interval> intervals = tiers.get(i).intervals;
            text.append("    item [").append(i + 1).append("]:\n        class = \"IntervalTier\"\n");
            text.append("        name = \"").append(quoted(tiers.get(i).name)).append("\"\n");
            text.append("        xmin = 0\n        xmax = ").append(end).append('\n');
            text.append("        intervals: size = ").append(intervals.size()).append('\n');
            for (int j = 0; j < intervals.size(); j++) {
                Interval interval = intervals.get(j);
                text.append("        intervals [").append(j + 1).append("]:\n");
                text.append("            xmin = ")
                        .append(Times.seconds(interval.start))
                        .append('\n');
                text.append("            xmax = ")
                        .append(Times.seconds(interval.end))
                        .append('\n');
                text.append("            text = \"")
                        .append(quoted(interval.text))
                        .append("\"\n");
            }
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return text.replace("\"", "\"\"");
    }

    private static List<Tier> tiers(ExportedTimeline timeline) {
        List<Tier> tiers = new ArrayList<>();
        for (Channel channel : timeline.channels()) {
            String name = channel.name("channel ");
            tiers.add(new Tier(
                    name,
                    channel.joined().stream()
                            .map(span -> new Interval(span.start(), span.end(), span.speech() ? span.answer() : ""))
                            .toList()));
            if (!channel.words().words().isEmpty()) {
                tiers.add(new Tier(name + " words", words(channel.words().words(), timeline.seconds())));
            }
        }
        return tiers;
    }

    /** Returns an interval for each word, and an empty one for each gap. */
    private static List<Interval> words(List<Word> words, double seconds) {
        List<Interval> intervals = new ArrayList<>();
        double last = 0;
        for (Word word : words) {
            double start = Math.min(seconds, Math.max(last, word.startSeconds()));
            double end = Math.min(seconds, word.endSeconds());
            if (end > start) {
                if (start > last) {
                    intervals.add(new Interval(last, start, ""));
                }
                intervals.add(new Interval(start, end, word.text()));
                last = end;
            }
        }
        if (seconds > last) {
            intervals.add(new Interval(last, seconds, ""));
        }
        return intervals;
    }
}
