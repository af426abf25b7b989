package org.speechemotion.corpus;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A labelled recording.
 *
 * @param path the path of the audio in {@link CorpusFiles}
 * @param speakerId the speaker, {@code <corpus>:<id within the corpus>}, so that the speakers of two corpora always differ
 * @param emotion the expressed emotion
 * @param intensity the intensity in the corpus's terms; empty if unknown
 * @param statement the spoken words; empty if unknown
 * @param softLabel the distribution of the raters' votes; the emotion alone without votes
 */
public record Clip(
        String path, String speakerId, Emotion emotion, String intensity, String statement, SoftLabel softLabel)
        implements Serializable {
    /**
     * Checks the speaker.
     *
     * @throws IllegalArgumentException if the speaker id is not {@code <corpus>:<speaker>}, both not blank
     */
    public Clip {
        Objects.requireNonNull(path, "path");
        corpusOf(speakerId);
        Objects.requireNonNull(emotion, "emotion");
        Objects.requireNonNull(intensity, "intensity");
        Objects.requireNonNull(statement, "statement");
        Objects.requireNonNull(softLabel, "softLabel");
    }

    /**
     * Returns a clip of unknown intensity and statement, without raters' votes.
     *
     * @throws IllegalArgumentException if the speaker id is not {@code <corpus>:<speaker>}, both not blank
     */
    public static Clip of(String path, String speakerId, Emotion emotion) {
        return new Clip(path, speakerId, emotion, "", "", SoftLabel.of(emotion));
    }

    /** Returns the clip with another intensity. */
    public Clip withIntensity(String other) {
        return new Clip(path, speakerId, emotion, other, statement, softLabel);
    }

    /** Returns the clip with another statement. */
    public Clip withStatement(String other) {
        return new Clip(path, speakerId, emotion, intensity, other, softLabel);
    }

    /** Returns the clip with a distribution of raters' votes. */
    public Clip withSoftLabel(SoftLabel other) {
        return new Clip(path, speakerId, emotion, intensity, statement, other);
    }

    /** Returns the name of the corpus. */
    public String corpus() {
        return corpusOf(speakerId);
    }

    /** Returns the clip with the emotion of the same name in another set, if that has it. */
    public Optional<Clip> in(EmotionSet emotions) {
        if (emotion.set().equals(emotions)) {
            return Optional.of(this);
        }
        return emotions.ofId(emotion.id()).map(same -> {
            List<Double> votes = emotions.stream()
                    .map(one -> emotion.set()
                            .ofId(one.id())
                            .map(own -> softLabel.shares().get(own.label()))
                            .orElse(0.0))
                    .toList();
            SoftLabel soft = Collections.max(votes) > 0 ? SoftLabel.ofVotes(votes) : SoftLabel.of(same);
            return new Clip(path, speakerId, same, intensity, statement, soft);
        });
    }

    /**
     * Returns the id of a speaker, which is unique across corpora.
     *
     * @throws IllegalArgumentException if either is blank, or the corpus contains a colon
     */
    public static String speakerId(String corpus, String speaker) {
        String speakerId = corpus + ":" + speaker;
        if (!corpusOf(speakerId).equals(corpus)) {
            throw new IllegalArgumentException("corpus is \"%s\"; allowed: names without a colon".formatted(corpus));
        }
        return speakerId;
    }

    /**
     * Returns the corpus of a speaker id, the text before its first colon.
     *
     * @throws IllegalArgumentException if the id is not {@code <corpus>:<speaker>}, both not blank
     */
    public static String corpusOf(String speakerId) {
        int colon = speakerId.indexOf(':');
        if (colon < 0
                || speakerId.substring(0, colon).isBlank()
                || speakerId.substring(colon + 1).isBlank()) {
            throw new IllegalArgumentException(
                    "speaker id is \"%s\"; allowed: <corpus>:<speaker>, such as ravdess:07".formatted(speakerId));
        }
        return speakerId.substring(0, colon);
    }
}
