package org.speechemotion.corpus;

import java.io.Serializable;
import org.speechemotion.common.Rejection;

/** A file or a row of a corpus, as a labelled clip or as a rejection. A corpus has one entry for each, and leaves none out. */
public sealed interface Entry extends Serializable {
    /** Returns the location of the audio, as {@link CorpusFiles} names it. */
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
     * @param path of the recording; empty if it is unknown
     * @param corpus the name of the corpus
     */
    record Rejected(String path, String corpus, Rejection rejection) implements Entry {}
}
