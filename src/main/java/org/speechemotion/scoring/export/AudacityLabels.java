package org.speechemotion.scoring.export;

import com.google.auto.service.AutoService;
import org.speechemotion.scoring.export.ExportedTimeline.Channel;
import org.speechemotion.scoring.export.ExportedTimeline.Span;

/**
 * A label track of Audacity (<a href="https://manual.audacityteam.org/man/importing_and_exporting_labels.html">its
 * manual</a>): start, end and text, separated by tabs. With several channels, the text begins with the channel. Silence has no
 * label.
 */
@AutoService(TimelineFormat.class)
public final class AudacityLabels implements TimelineFormat {

    @Override
    public String name() {
        return "audacity";
    }

    @Override
    public String extension() {
        return "labels.txt";
    }

    @Override
    public String text(ExportedTimeline timeline) {
        StringBuilder text = new StringBuilder();
        boolean several = timeline.channels().size() > 1;
        for (Channel channel : timeline.channels()) {
            for (Span span : channel.joined()) {
                if (span.speech()) {
                    text.append(Times.seconds(span.start())).append('\t');
                    text.append(Times.seconds(span.end())).append('\t');
                    text.append(several ? channel.number() + ": " : "")
                            .append(span.answer())
                            .append('\n');
                }
            }
        }
        return text.toString();
    }
}
