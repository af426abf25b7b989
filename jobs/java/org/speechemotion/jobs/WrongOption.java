package org.speechemotion.jobs;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.speechemotion.common.NearestName;

/** Explains an unknown option, which is often a key in the form of an option, such as {@code --model runs/emotion/first}. */
final class WrongOption {
    private WrongOption() {}

    /**
     * Returns the message.
     *
     * @param unmatched the words that are not options
     * @param words all words of the command
     * @param keys the keys of the command
     */
    static String message(List<String> unmatched, String[] words, Collection<String> keys) {
        String option = unmatched.get(0);
        String name = option.replaceFirst("^-+", "").replaceFirst("=.*", "");
        String message = "unknown option " + option.replaceFirst("=.*", "");
        return message
                + key(name, keys)
                        .map(key -> "; a setting has the form key=value: " + key + "=" + value(option, words))
                        .orElse("");
    }

    private static Optional<String> key(String name, Collection<String> keys) {
        return keys.stream()
                .filter(name::equals)
                .findFirst()
                .or(() -> keys.stream().filter(key -> key.endsWith("." + name)).findFirst())
                .or(() -> NearestName.find(name, keys));
    }

    private static String value(String option, String[] words) {
        int equals = option.indexOf('=');
        if (equals >= 0) {
            return option.substring(equals + 1);
        }
        int next = Arrays.asList(words).indexOf(option) + 1;
        return next < words.length && !words[next].startsWith("-") ? words[next] : "…";
    }
}
