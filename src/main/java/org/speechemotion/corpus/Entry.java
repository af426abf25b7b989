package org.speechemotion.corpus;

import java.io.Serializable;

/** What a corpus makes of one file or row: a clip, or why there is none. Nothing is left out. */
public sealed interface Entry extends Serializable {
    /** Where the audio is, as {@link CorpusFiles} names it. */
    String path();

    /** A recording that can be used. */
    record Labelled(Clip clip) implements Entry {
        @Override
        public String path() {
            return clip.path();
        }
    }

    /**
     * A recording that cannot be used.
     *
     * @param reason a code in kebab-case, by which rejections are counted, then a colon, a space, and what was found and
     *     what is allowed, for a person to read
     */
    record Rejected(String path, String corpus, String reason) implements Entry {}
}
