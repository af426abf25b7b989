package org.speechemotion.train;

import java.io.Serializable;

/**
 * A labelled clip that has passed decoding.
 *
 * @param path on any file system that the engine reads
 * @param actorId who speaks, with the corpus: {@code ravdess:07}
 * @param label the emotion's
 * @param seconds of audio, for batching by length
 */
public record Example(String path, String actorId, int label, double seconds) implements Serializable {}
