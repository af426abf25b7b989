package org.speechemotion.corpus;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.speechemotion.common.NearestName;

/** The recognised emotions in the order of their labels, which are the codes 01 to 08 of RAVDESS less one. */
public enum Emotion {
    NEUTRAL(0),
    CALM(1),
    HAPPY(2),
    SAD(3),
    ANGRY(4),
    FEARFUL(5),
    DISGUST(6),
    SURPRISED(7);

    private static final List<Emotion> ALL = List.of(values());

    private final int label;

    Emotion(int label) {
        this.label = label;
    }

    /** Returns the class index for models, from 0 to {@link #count()} − 1. */
    public int label() {
        return label;
    }

    /** Returns the name in files and settings, such as {@code fearful}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the number of emotions. */
    public static int count() {
        return ALL.size();
    }

    /**
     * Returns the emotion with a label.
     *
     * @throws IllegalArgumentException if the label is not from 0 to {@link #count()} − 1
     */
    public static Emotion ofLabel(int label) {
        if (label < 0 || label >= count()) {
            throw new IllegalArgumentException("emotion label is %d; allowed: 0 to %d".formatted(label, count() - 1));
        }
        return ALL.get(label);
    }

    /** Returns whether {@link #parse} knows the name. */
    public static boolean isName(String name) {
        return EmotionNames.find(name).isPresent();
    }

    /**
     * Returns the emotion with a name, which is its id or another common name, such as {@code joy} or {@code ANG}, in any
     * case.
     *
     * @throws IllegalArgumentException if the name is unknown; the message has the nearest name and all ids
     */
    public static Emotion parse(String name) {
        return EmotionNames.find(name).orElseThrow(() -> {
            String nearest = NearestName.find(EmotionNames.key(name), EmotionNames.all())
                    .map("; did you mean %s?"::formatted)
                    .orElse("");
            return new IllegalArgumentException(
                    "emotion is \"%s\"; allowed: %s, or another common name of one of them%s"
                            .formatted(name, ALL.stream().map(Emotion::id).collect(Collectors.joining(", ")), nearest));
        });
    }
}
