package org.speechemotion.common;

import java.util.Locale;

/** Numbers with their nouns. */
public final class Counted {
    private Counted() {}

    /** Returns a count with its noun: {@code 1 clip}, {@code 2 clips}, {@code 1,000 clips}. */
    public static String of(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
