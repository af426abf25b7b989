package org.speechemotion.train;

import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.corpus.SoftLabel;

/** Builds a clip. Unless told otherwise, it is neutral, lasts 1 s, and its speaker is {@code made:1}. */
public final class ExampleBuilder {
    private String path;
    private String content;
    private String speaker = "made:1";
    private Emotion emotion = Emotion.NEUTRAL;
    private double seconds = 1;

    private ExampleBuilder(String path) {
        this.path = path;
        content = "sha-" + path;
    }

    /** Begins a clip whose content differs from that of every other path. */
    public static ExampleBuilder clip(String path) {
        return new ExampleBuilder(path);
    }

    /** Begins a copy of a clip, without its raters' votes. */
    public static ExampleBuilder copy(Example clip) {
        return clip(clip.path())
                .content(clip.contentSha256())
                .speaker(clip.speakerId())
                .emotion(clip.emotion())
                .seconds(clip.seconds());
    }

    public ExampleBuilder path(String value) {
        path = value;
        return this;
    }

    /** Sets the hash of the file's bytes. */
    public ExampleBuilder content(String value) {
        content = value;
        return this;
    }

    public ExampleBuilder speaker(String value) {
        speaker = value;
        return this;
    }

    public ExampleBuilder label(int value) {
        return emotion(EmotionSet.EIGHT.ofLabel(value));
    }

    public ExampleBuilder emotion(Emotion value) {
        emotion = value;
        return this;
    }

    public ExampleBuilder seconds(double value) {
        seconds = value;
        return this;
    }

    public Example build() {
        return build(SoftLabel.of(emotion));
    }

    /** Builds the clip with raters' votes. */
    public Example build(SoftLabel votes) {
        return new Example(path, content, speaker, emotion, seconds, votes);
    }
}
