package org.speechemotion.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Tells which known key an unknown one was perhaps meant to be. */
final class UnknownKeys {

    private UnknownKeys() {}

    /** The message about a key found at some place: a section, one below a value, or a key nobody knows. */
    static SettingsException unknown(String place, String key, Collection<String> known) {
        if (known.stream().anyMatch(other -> other.startsWith(key + "."))) {
            return new SettingsException(place + ": " + key + " is a section, not a key; set one of the keys in it");
        }
        Optional<String> nearest = known.stream().min(Comparator.comparingInt(other -> distance(key, other)));
        return new SettingsException(place + ": unknown key " + key
                + nearest.map(other -> "; the nearest known key is " + other).orElse(""));
    }

    /** Levenshtein's edit distance: how many characters to insert, delete or replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
