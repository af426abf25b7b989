package org.speechemotion.corpus;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Brings texts that people take for the same to one form: compatibility characters, case and spaces. */
public final class Folding {
    /** What nobody sees, such as a zero-width space. */
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");

    private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");

    private Folding() {}

    /**
     * The folded text: Unicode's normal form KC without format characters, in lower case, with single spaces and none at
     * either end.
     */
    public static String fold(String text) {
        String compatible = Normalizer.normalize(INVISIBLE.matcher(text).replaceAll(""), Normalizer.Form.NFKC);
        // By way of upper case, in which "ß" and "SS" are the same.
        String lower = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String composed = Normalizer.normalize(lower, Normalizer.Form.NFKC);
        return SPACES.matcher(composed).replaceAll(" ").strip();
    }
}
