package org.speechemotion.scoring.export;

import com.google.auto.service.AutoService;
import java.util.Locale;
import org.speechemotion.asr.Word;

/**
 * Subtitles for players of web pages (<a href="https://www.w3.org/TR/webvtt1/">WebVTT</a>, W3C 2019). The voice of a cue is the
 * speaker, or else the channel. A cue is a part of one emotion or, if words are known, a phrase whose class is the emotion, {@code <c.angry>}, with the
 * time of each word. Times are rounded to the milliseconds that the format has. Silence has no cue.
 */
@AutoService(TimelineFormat.class)
public final class WebVtt implements TimelineFormat {

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
        boolean named = timeline.isNamed();
        for (Cue cue : Cue.of(timeline)) {
            long start = milliseconds(cue.start());
            long end = Math.max(start + 1, milliseconds(cue.end()));
            text.append('\n')
                    .append(clock(start))
                    .append(" --> ")
                    .append(clock(end))
                    .append('\n');
            text.append(named ? "<v " + escaped(cue.channel().name("Channel ")) + ">" : "");
            String answer = escaped(cue.span().answer());
            if (cue.words().isEmpty()) {
                text.append(answer)
                        .append(' ')
                        .append(Times.confidence(cue.span().confidence()));
            } else if (cue.span().speech()) {
                text.append("<c.")
                        .append(answer)
                        .append('>')
                        .append(words(cue, start, end))
                        .append("</c>");
            } else {
                text.append(words(cue, start, end));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Times inside a cue must increase, and lie between its start and its end. */
    private static String words(Cue cue, long start, long end) {
        StringBuilder text = new StringBuilder();
        long last = start;
        for (Word word : cue.words()) {
            text.append(text.length() == 0 ? "" : " ");
            long begin = milliseconds(word.startSeconds());
            if (begin > last && begin < end) {
                text.append('<').append(clock(begin)).append('>');
                last = begin;
            }
            text.append(escaped(word.text()));
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
