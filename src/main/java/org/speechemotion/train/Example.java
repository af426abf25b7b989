package org.speechemotion.train;

import java.io.Serializable;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.SoftLabel;

/**
 * A labelled clip that has passed decoding.
 *
 * @param path on any file system that the engine reads
 * @param contentSha256 of the file's bytes: what keyed draws know the clip by, so that a corpus trains alike wherever it lies
 * @param actorId who speaks, with the corpus: {@code ravdess:07}
 * @param label the emotion's
 * @param seconds of audio, for batching by length
 * @param softLabel what raters heard, which may be trained on; evaluation is by the label
 */
public record Example(String path, String contentSha256, String actorId, int label, double seconds, SoftLabel softLabel)
        implements Serializable {

    /** One that nobody rated. */
    public Example(String path, String contentSha256, String actorId, int label, double seconds) {
        this(path, contentSha256, actorId, label, seconds, SoftLabel.of(Emotion.ofLabel(label)));
    }
}
