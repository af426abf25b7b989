package org.speechemotion.scoring.export;

import com.google.auto.service.AutoService;
import org.speechemotion.scoring.export.ExportedTimeline.Channel;
import org.speechemotion.scoring.export.ExportedTimeline.Span;

/**
 * Rich Transcription Time Marked files (NIST, <em>The 2009 Rich Transcription Meeting Recognition Evaluation Plan</em>,
 * appendix A): a line of ten fields for each part of one emotion, whose name is in the field of the speaker, after the
 * speaker if that is known, {@code agent/angry}. Silence has no
 * line, and words are left out, because programs that read speakers take every line for one.
 */
@AutoService(TimelineFormat.class)
public final class Rttm implements TimelineFormat {

    @Override
    public String name() {
        return "rttm";
    }

    @Override
    public String extension() {
        return "rttm";
    }

    @Override
    public String text(ExportedTimeline timeline) {
        // Fields are separated by white space.
        String file = timeline.fileName().replaceAll("[\\s\\p{Cntrl}]", "_");
        StringBuilder text = new StringBuilder();
        for (Channel channel : timeline.channels()) {
            for (Span span : channel.joined()) {
                if (span.speech()) {
                    text.append("SPEAKER ").append(file).append(' ').append(channel.number());
                    text.append(' ').append(Times.seconds(span.start()));
                    text.append(' ').append(Times.duration(span.start(), span.end()));
                    text.append(" <NA> <NA> ").append(channel.speaker().isEmpty() ? "" : channel.speaker() + "/");
                    text.append(span.answer()).append(' ');
                    text.append(Times.confidence(span.confidence())).append(" <NA>\n");
                }
            }
        }
        return text.toString();
    }
}
