package org.speechemotion.jobs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a command's keys that its short help shows, and the meaning of general keys for this command.
 *
 * @param required the keys without which the command cannot run
 * @param first other keys that people need first; if there are neither, the short help shows all keys
 * @param meanings key → a text that replaces the comment in {@code reference.conf}
 */
record Usage(List<String> required, List<String> first, Map<String, String> meanings) {
    /** The maximum number of keys that the short help shows, if it shows a selection. */
    static final int MAX_FIRST = 15;

    static final Usage ALL = new Usage(List.of(), List.of(), Map.of());

    static Usage requiring(String... keys) {
        return new Usage(List.of(keys), List.of(), Map.of());
    }

    Usage first(String... keys) {
        return new Usage(required, List.of(keys), meanings);
    }

    /** Adds the meaning of a key for this command. */
    Usage meaning(String key, String meaning) {
        Map<String, String> more = new LinkedHashMap<>(meanings);
        more.put(key, meaning);
        return new Usage(required, first, Collections.unmodifiableMap(more));
    }

    /** Returns the keys of the short help. */
    List<String> shown() {
        List<String> shown = new ArrayList<>(required);
        shown.addAll(first);
        return shown;
    }
}
