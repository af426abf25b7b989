package org.speechemotion.scoring.export;

import com.google.auto.service.AutoService;
import java.util.List;
import org.speechemotion.scoring.export.ExportedTimeline.Channel;
import org.speechemotion.scoring.export.ExportedTimeline.Span;

/**
 * An annotation of Praat in its long text form (<a
 * href="https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html">its manual</a>): an interval tier for each
 * channel, which covers the whole recording. The text of silence is empty.
 */
@AutoService(TimelineFormat.class)
public final class TextGrid implements TimelineFormat {

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
        String end = Times.seconds(timeline.seconds());
        StringBuilder text = new StringBuilder("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n");
        text.append("xmin = 0\nxmax = ").append(end).append("\ntiers? <exists>\n");
        text.append("size = ").append(timeline.channels().size()).append("\nitem []:\n");
        int tier = 1;
        for (Channel channel : timeline.channels()) {
            List<Span> spans = channel.joined();
            text.append("    item [").append(tier++).append("]:\n        class = \"IntervalTier\"\n");
            text.append("        name = \"channel ").append(channel.number()).append("\"\n");
            text.append("        xmin = 0\n        xmax = ").append(end).append('\n');
            text.append("        intervals: size = ").append(spans.size()).append('\n');
            for (int i = 0; i < spans.size(); i++) {
                Span span = spans.get(i);
                text.append("        intervals [").append(i + 1).append("]:\n");
                text.append("            xmin = ")
                        .append(Times.seconds(span.start()))
                        .append('\n');
                text.append("            xmax = ")
                        .append(Times.seconds(span.end()))
                        .append('\n');
                String answer = span.speech() ? span.answer().replace("\"", "\"\"") : "";
                text.append("            text = \"").append(answer).append("\"\n");
            }
        }
        return text.toString();
    }
}
