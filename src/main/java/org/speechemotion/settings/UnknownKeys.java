package org.speechemotion.settings;

import java.util.Collection;
import java.util.List;
import org.speechemotion.common.NearestName;

/** Reports unknown keys together with the nearest known one. */
final class UnknownKeys {

    private UnknownKeys() {}

    /** Returns the error for an unknown key, or for a section that is used as a key. */
    static SettingsException unknown(String place, String key, Collection<String> known) {
        if (known.stream().anyMatch(other -> other.startsWith(key + "."))) {
            return new SettingsException(place + ": " + key + " is a section, not a key; set one of the keys in it");
        }
        List<String> named = known.stream()
                .filter(other -> other.endsWith("." + key))
                .sorted()
                .toList();
        if (named.size() > 1) {
            return new SettingsException(
                    place + ": unknown key " + key + "; known keys of this name are " + String.join(", ", named));
        }
        return new SettingsException(place + ": unknown key " + key
                + named.stream()
                        .findFirst()
                        .or(() -> NearestName.rank(key, known).stream().findFirst())
                        .map(other -> "; the nearest known key is " + other)
                        .orElse(""));
    }
}
