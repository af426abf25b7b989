package org.speechemotion.settings;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes keys for {@code --help} by the defaults and comments of {@code reference.conf}. */
public final class KeyHelp {

    private KeyHelp() {}

    /**
     * Returns the keys in the order of the file, each with its default on one line and its comment indented below.
     *
     * @param keysOrPrefixes keys ({@code audio.sample-rate}) or sections ({@code audio})
     * @throws IllegalArgumentException if one of them is neither a key nor a section
     */
    public static String describe(Collection<String> keysOrPrefixes) {
        return describe(Reference.load(Reference.RESOURCE), keysOrPrefixes);
    }

    static String describe(Reference reference, Collection<String> keysOrPrefixes) {
        Map<String, ConfigValue> keys = reference.keys();
        for (String wanted : keysOrPrefixes) {
            if (keys.keySet().stream().noneMatch(key -> isIn(key, wanted))) {
                throw new IllegalArgumentException("no key or section " + wanted);
            }
        }
        return keys.entrySet().stream()
                .filter(entry -> keysOrPrefixes.stream().anyMatch(wanted -> isIn(entry.getKey(), wanted)))
                .sorted(Comparator.comparingInt(
                        entry -> entry.getValue().origin().lineNumber()))
                .map(entry -> describe(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }

    private static boolean isIn(String key, String wanted) {
        return key.equals(wanted) || key.startsWith(wanted + ".");
    }

    private static String describe(String key, ConfigValue value) {
        ConfigRenderOptions plain = ConfigRenderOptions.concise().setJson(false);
        List<String> comments = value.origin().comments();
        return key + " = " + value.render(plain) + "\n"
                + comments.stream().map(line -> "    " + line.strip() + "\n").collect(Collectors.joining());
    }
}
