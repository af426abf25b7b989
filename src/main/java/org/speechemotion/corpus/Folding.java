package org.speechemotion.corpus;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Normalises compatibility characters, case and spaces, so that texts that look the same are equal. */
public final class Folding {
    /** Invisible characters such as a zero-width space. */
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");

    private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");

    private Folding() {}

    /**
     * Returns the text in Unicode normalisation form KC without format characters, in lower case, with single spaces and
     * none at either end.
     */
    public static String fold(String text) {
        String compatible = Normalizer.normalize(INVISIBLE.matcher(text).replaceAll(""), Normalizer.Form.NFKC);
        // Upper case first, because "ß" and "SS" are equal in it.
        String lower = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String composed = Normalizer.normalize(lower, Normalizer.Form.NFKC);
        return SPACES.matcher(composed).replaceAll(" ").strip();
    }
}
