package org.speechemotion.corpus;

import java.io.Serializable;
import java.util.Objects;

/**
 * One labelled recording.
 *
 * @param path where the audio is, as {@link CorpusFiles} names it
 * @param corpus the corpus's name, not blank and without a colon
 * @param actorId the speaker, {@code <corpus>:<id within the corpus>}, so that two corpora never share one by accident
 * @param emotion what is expressed
 * @param intensity how strongly, in the corpus's words; empty where unknown
 * @param statement the words spoken; empty where unknown
 * @param softLabel what raters heard; nothing but the emotion where nobody was asked
 */
public record Clip(
        String path,
        String corpus,
        String actorId,
        Emotion emotion,
        String intensity,
        String statement,
        SoftLabel softLabel)
        implements Serializable {
    /**
     * Checks that corpus and actor belong together.
     *
     * @throws IllegalArgumentException if the actor id does not begin with the corpus, or either is blank
     */
    public Clip {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(emotion, "emotion");
        Objects.requireNonNull(intensity, "intensity");
        Objects.requireNonNull(statement, "statement");
        Objects.requireNonNull(softLabel, "softLabel");
        if (!corpusOf(actorId).equals(corpus)) {
            throw new IllegalArgumentException(
                    "actor id is \"%s\"; it must begin with its corpus, \"%s:\"".formatted(actorId, corpus));
        }
    }

    /**
     * One that nobody rated.
     *
     * @throws IllegalArgumentException as the other constructor
     */
    public Clip(String path, String corpus, String actorId, Emotion emotion, String intensity, String statement) {
        this(path, corpus, actorId, emotion, intensity, statement, SoftLabel.of(emotion));
    }

    /**
     * The id, across corpora, of a corpus's actor.
     *
     * @throws IllegalArgumentException if either is blank, or the corpus contains a colon
     */
    public static String actorId(String corpus, String actor) {
        String actorId = corpus + ":" + actor;
        if (!corpusOf(actorId).equals(corpus)) {
            throw new IllegalArgumentException("corpus is \"%s\"; a corpus name has no colon".formatted(corpus));
        }
        return actorId;
    }

    /**
     * The corpus that an actor id belongs to: what is before its first colon.
     *
     * @throws IllegalArgumentException if the id is not {@code <corpus>:<actor>}, both not blank
     */
    public static String corpusOf(String actorId) {
        int colon = actorId.indexOf(':');
        if (colon < 0
                || actorId.substring(0, colon).isBlank()
                || actorId.substring(colon + 1).isBlank()) {
            throw new IllegalArgumentException(
                    "actor id is \"%s\"; it must be <corpus>:<actor>, such as ravdess:07".formatted(actorId));
        }
        return actorId.substring(0, colon);
    }
}
