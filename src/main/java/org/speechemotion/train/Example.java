package org.speechemotion.train;

import java.io.Serializable;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.SoftLabel;

/**
 * A labelled clip that has passed decoding.
 *
 * @param path the path of the file on any file system that the engine reads
 * @param contentSha256 the SHA-256 of the file's bytes, which is the clip's key for random draws, so that training does
 *     not depend on the corpus's location
 * @param speakerId the speaker with the corpus, such as {@code ravdess:07}
 * @param emotion the emotion
 * @param seconds the duration of the audio in s, for batches of similar length
 * @param softLabel the raters' votes, a possible training target; evaluation uses the label
 */
public record Example(
        String path, String contentSha256, String speakerId, Emotion emotion, double seconds, SoftLabel softLabel)
        implements Serializable {

    /** Creates an example without raters' votes. */
    public Example(String path, String contentSha256, String speakerId, Emotion emotion, double seconds) {
        this(path, contentSha256, speakerId, emotion, seconds, SoftLabel.of(emotion));
    }

    /** Returns the label of the emotion. */
    public int label() {
        return emotion.label();
    }

    /** Returns the same clip with another emotion and without raters' votes. */
    public Example labelled(Emotion other) {
        return new Example(path, contentSha256, speakerId, other, seconds);
    }
}
