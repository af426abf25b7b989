package org.speechemotion.scoring.export;

import com.google.auto.service.AutoService;

/**
 * A label track of Audacity (<a href="https://manual.audacityteam.org/man/importing_and_exporting_labels.html">its
 * manual</a>): start, end and text, separated by tabs. With several channels, the text begins with the channel, or with the speaker
 * if that is known; if words are known, a label is a phrase. Silence has no label.
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
        boolean named = timeline.isNamed();
        for (Cue cue : Cue.of(timeline)) {
            text.append(Times.seconds(cue.start())).append('\t');
            text.append(Times.seconds(cue.end())).append('\t');
            text.append(named ? cue.channel().name("") + ": " : "")
                    .append(cue.span().answer());
            text.append(cue.words().isEmpty() ? "" : ": " + cue.text()).append('\n');
        }
        return text.toString();
    }
}
