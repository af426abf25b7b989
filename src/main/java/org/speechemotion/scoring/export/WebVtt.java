package org.speechemotion.scoring.export;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.speechemotion.scoring.export.ExportedTimeline.Channel;
import org.speechemotion.scoring.export.ExportedTimeline.Span;

/**
 * Subtitles for players of web pages (<a href="https://www.w3.org/TR/webvtt1/">WebVTT</a>, W3C 2019). A cue is a part of one
 * emotion; its voice is the channel. Times are rounded to the milliseconds that the format has. Silence has no cue.
 */
@AutoService(TimelineFormat.class)
public final class WebVtt implements TimelineFormat {

    private record Cue(Channel channel, Span span) {}

    @Override
    public String name() {
        return "webvtt";
    }

    @Override
    public String extension() {
        return "vtt";
    }

    @Override
    public String text(ExportedTimeline timeline) {
        StringBuilder text = new StringBuilder("WEBVTT\n\nNOTE ");
        text.append(escaped(timeline.fileName())).append('\n');
        List<Cue> cues = new ArrayList<>();
        for (Channel channel : timeline.channels()) {
            channel.joined().stream().filter(Span::speech).forEach(span -> cues.add(new Cue(channel, span)));
        }
        cues.sort(Comparator.comparingDouble(cue -> cue.span.start()));
        boolean several = timeline.channels().size() > 1;
        for (Cue cue : cues) {
            long start = milliseconds(cue.span.start());
            long end = Math.max(start + 1, milliseconds(cue.span.end()));
            text.append('\n')
                    .append(clock(start))
                    .append(" --> ")
                    .append(clock(end))
                    .append('\n');
            text.append(several ? "<v Channel " + cue.channel.number() + ">" : "");
            text.append(escaped(cue.span.answer())).append(' ').append(Times.confidence(cue.span.confidence()));
            text.append('\n');
        }
        return text.toString();
    }

    private static long milliseconds(double seconds) {
        return Math.round(seconds * 1000);
    }

    private static String clock(long milliseconds) {
        long seconds = milliseconds / 1000;
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60,
                milliseconds % 1000);
    }

    /** Neither a comment nor a cue may contain an arrow or a line break. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("[\\r\\n]", " ");
    }
}
