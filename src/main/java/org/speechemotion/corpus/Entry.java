package org.speechemotion.corpus;

import java.io.Serializable;
import org.speechemotion.common.Rejection;

/** A file or a row of a corpus, as a labelled clip or as a rejection. A corpus has one entry for each, and leaves none out. */
public sealed interface Entry extends Serializable {
    /** Returns the location of the audio, as {@link CorpusFiles} names it. */
    String path();

    /** Returns the entry with the emotion of the same name in another set; a clip whose emotion that lacks is rejected. */
    Entry in(EmotionSet emotions);

    /** A recording that can be used. */
    record Labelled(Clip clip) implements Entry {
        @Override
        public String path() {
            return clip.path();
        }

        @Override
        public Entry in(EmotionSet emotions) {
            return clip.in(emotions)
                    .<Entry>map(Labelled::new)
                    .orElseGet(() -> new Rejected(
                            path(),
                            clip.corpus(),
                            new Rejection(
                                    "other-emotion",
                                    "the emotion " + clip.emotion() + " is none of corpora.emotions: " + emotions)));
        }
    }

    /**
     * A recording that cannot be used.
     *
     * @param path the path of the recording; empty if it is unknown
     * @param corpus the name of the corpus
     */
    record Rejected(String path, String corpus, Rejection rejection) implements Entry {
        @Override
        public Entry in(EmotionSet emotions) {
            return this;
        }
    }
}
