package org.speechemotion.split;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a speaker's clips are used for. */
public enum Side {
    /** Fits the weights. */
    TRAIN,
    /** Picks the checkpoint. */
    VALIDATION,
    /** Is reported, and used for nothing else. */
    TEST;

    /** The name in files, e.g. {@code validation}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The side with that id.
     *
     * @throws IllegalArgumentException if there is none; the message lists the ids
     */
    public static Side parse(String id) {
        return Arrays.stream(values())
                .filter(side -> side.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("side is \"%s\"; allowed: %s"
                        .formatted(id, Arrays.stream(values()).map(Side::id).collect(Collectors.joining(", ")))));
    }
}
