package org.speechemotion.split;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The sides of a split, by the use of a speaker's clips. */
public enum Side {
    /** The clips that the weights are fitted to. */
    TRAIN,
    /** The clips that select the checkpoint and fit the temperature. */
    VALIDATION,
    /** The clips that are reported and influence no decision. */
    TEST;

    /** Returns the name in files, such as {@code validation}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the side with an id.
     *
     * @throws IllegalArgumentException if there is no such side; the message lists the ids
     */
    public static Side parse(String id) {
        return Arrays.stream(values())
                .filter(side -> side.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("side is \"%s\"; allowed: %s"
                        .formatted(id, Arrays.stream(values()).map(Side::id).collect(Collectors.joining(", ")))));
    }
}
