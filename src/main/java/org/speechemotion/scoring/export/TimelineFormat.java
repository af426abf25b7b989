package org.speechemotion.scoring.export;

import org.speechemotion.plugin.Plugin;

/** A format of timelines. It has no state. */
public interface TimelineFormat extends Plugin {

    /** Returns the extension of its files, without the dot. */
    String extension();

    /** Returns the content of the file of a recording, which is written in UTF-8. */
    String text(ExportedTimeline timeline);
}
