package org.speechemotion.train;

import java.io.Serializable;

/**
 * A labelled clip that has passed decoding.
 *
 * @param path on any file system that the engine reads
 * @param contentSha256 of the file's bytes: what keyed draws know the clip by, so that a corpus trains alike wherever it lies
 * @param actorId who speaks, with the corpus: {@code ravdess:07}
 * @param label the emotion's
 * @param seconds of audio, for batching by length
 */
public record Example(String path, String contentSha256, String actorId, int label, double seconds)
        implements Serializable {}
