package org.speechemotion.corpus;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.speechemotion.common.NearestName;

/** The validated options of a corpus. */
record CorpusOptions(String corpus, Map<String, String> values) {
    /**
     * Validates options.
     *
     * @throws IllegalArgumentException if an option is unknown; the message lists the known ones
     */
    static CorpusOptions of(Corpus corpus, Map<String, String> values) {
        for (String key : values.keySet()) {
            if (corpus.options().stream()
                    .noneMatch(option -> option.endsWith(".") ? key.startsWith(option) : key.equals(option))) {
                List<String> known = NearestName.rank(key, corpus.options());
                throw new IllegalArgumentException("corpus %s has no option \"%s\"; allowed: %s"
                        .formatted(corpus.name(), key, known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
        return new CorpusOptions(corpus.name(), Map.copyOf(values));
    }

    String text(String key, String defaultValue) {
        return values.getOrDefault(key, defaultValue);
    }

    /** Returns the values of the options whose names begin with a prefix, by the rest of their names. */
    Map<String, String> section(String prefix) {
        return values.entrySet().stream()
                .filter(option -> option.getKey().startsWith(prefix))
                .collect(Collectors.toMap(option -> option.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    /** Returns the value of a boolean option; false if it is missing. */
    boolean flag(String key) {
        String value = text(key, "false");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(
                    "option %s of corpus %s is \"%s\"; allowed: true, false".formatted(key, corpus, value));
        };
    }
}
