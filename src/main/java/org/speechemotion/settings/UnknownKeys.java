package org.speechemotion.settings;

import java.util.Collection;
import org.speechemotion.common.NearestName;

/** Tells which known key an unknown one was perhaps meant to be. */
final class UnknownKeys {

    private UnknownKeys() {}

    /** The message about a key found at some place: a section, one below a value, or a key nobody knows. */
    static SettingsException unknown(String place, String key, Collection<String> known) {
        if (known.stream().anyMatch(other -> other.startsWith(key + "."))) {
            return new SettingsException(place + ": " + key + " is a section, not a key; set one of the keys in it");
        }
        return new SettingsException(place + ": unknown key " + key
                + NearestName.rank(key, known).stream()
                        .findFirst()
                        .map(other -> "; the nearest known key is " + other)
                        .orElse(""));
    }
}
