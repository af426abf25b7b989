package org.speechemotion.corpus;

import java.io.Serializable;
import java.util.Comparator;

/**
 * An emotion of an {@link EmotionSet}. The constants are those of {@link EmotionSet#EIGHT}.
 *
 * @param set the emotions among which it is one
 * @param label the class index for models, from 0 to the size of the set − 1
 */
public record Emotion(EmotionSet set, int label) implements Comparable<Emotion>, Serializable {
    public static final Emotion NEUTRAL = EmotionSet.EIGHT.ofLabel(0);
    public static final Emotion CALM = EmotionSet.EIGHT.ofLabel(1);
    public static final Emotion HAPPY = EmotionSet.EIGHT.ofLabel(2);
    public static final Emotion SAD = EmotionSet.EIGHT.ofLabel(3);
    public static final Emotion ANGRY = EmotionSet.EIGHT.ofLabel(4);
    public static final Emotion FEARFUL = EmotionSet.EIGHT.ofLabel(5);
    public static final Emotion DISGUST = EmotionSet.EIGHT.ofLabel(6);
    public static final Emotion SURPRISED = EmotionSet.EIGHT.ofLabel(7);

    /**
     * Checks the label.
     *
     * @throws IllegalArgumentException if the set has no such label
     */
    public Emotion {
        if (label < 0 || label >= set.size()) {
            throw new IllegalArgumentException(
                    "emotion label is %d; allowed: 0 to %d".formatted(label, set.size() - 1));
        }
    }

    /** Returns the name in files and settings, such as {@code fearful}. */
    public String id() {
        return set.ids().get(label);
    }

    /** Compares by label, and emotions of different sets also by id. */
    @Override
    public int compareTo(Emotion other) {
        return Comparator.comparingInt(Emotion::label)
                .thenComparing(Emotion::id)
                .thenComparing(emotion -> emotion.set().ids().toString())
                .compare(this, other);
    }

    @Override
    public String toString() {
        return id();
    }
}
