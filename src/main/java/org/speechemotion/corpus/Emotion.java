package org.speechemotion.corpus;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.speechemotion.common.NearestName;

/** The emotions that are told apart, in the order of their labels (RAVDESS's codes 01 to 08, less one). */
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

    /** The class index that models are trained on, 0 … {@link #count()} − 1. */
    public int label() {
        return label;
    }

    /** The name in files and settings, e.g. {@code fearful}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many emotions there are. */
    public static int count() {
        return ALL.size();
    }

    /**
     * The emotion with that label.
     *
     * @throws IllegalArgumentException if the label is not in 0 … {@link #count()} − 1
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
     * The emotion that a name stands for: its id or another common name, such as {@code joy} or {@code ANG}, in any case.
     *
     * @throws IllegalArgumentException if the name stands for none; the message has the nearest name and all ids
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
