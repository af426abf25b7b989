package org.speechemotion.settings;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes keys for {@code --help} by the defaults and comments of {@code reference.conf}. */
public final class KeyHelp {
    private static final int MAX_KEY_WIDTH = 36;
    private static final String SENTENCE_END = "(?<=\\.) ";

    private KeyHelp() {}

    /**
     * Returns the keys, without sections, in the order of the file.
     *
     * @param keysOrSections keys ({@code audio.sample-rate}) or sections ({@code audio})
     * @throws IllegalArgumentException if one of them is neither a key nor a section
     */
    public static List<String> keys(Collection<String> keysOrSections) {
        return List.copyOf(keys(Reference.load(Reference.RESOURCE), keysOrSections));
    }

    /**
     * Returns the keys in the order of the file, each with its default on one line and its comment indented below; there is an
     * empty line between sections.
     *
     * @param keysOrSections as {@link #keys}
     * @param meanings key → the text that replaces its comment
     */
    public static String describe(Collection<String> keysOrSections, Map<String, String> meanings) {
        return describe(Reference.load(Reference.RESOURCE), keysOrSections, meanings);
    }

    static String describe(Reference reference, Collection<String> keysOrSections, Map<String, String> meanings) {
        Map<String, ConfigValue> known = reference.keys();
        StringBuilder text = new StringBuilder();
        String section = null;
        for (String key : keys(reference, keysOrSections)) {
            String ours = key.replaceFirst("\\.?[^.]*$", "");
            text.append(section == null || section.equals(ours) ? "" : "\n");
            section = ours;
            text.append(key).append(" = ").append(value(known.get(key))).append('\n');
            List<String> comment = meanings.containsKey(key)
                    ? List.of(meanings.get(key))
                    : known.get(key).origin().comments();
            comment.forEach(line -> text.append("    ").append(line.strip()).append('\n'));
        }
        return text.toString();
    }

    /**
     * Returns one entry for each key, in the given order: the key with its default, and the first sentence of its comment.
     *
     * @param keys keys without sections
     * @param required the keys that are marked as required
     * @param meanings key → the text that replaces its comment
     * @param width the maximum number of characters of a line
     */
    public static String brief(
            Collection<String> keys, Collection<String> required, Map<String, String> meanings, int width) {
        Map<String, ConfigValue> known = Reference.load(Reference.RESOURCE).keys();
        int column = Math.min(
                MAX_KEY_WIDTH,
                keys.stream()
                        .mapToInt(key -> assignment(key, known).length())
                        .max()
                        .orElse(0));
        StringBuilder text = new StringBuilder();
        for (String key : keys) {
            String meaning = meanings.getOrDefault(key, firstSentence(known.get(key)));
            List<String> lines =
                    wrapped((required.contains(key) ? "(required) " : "") + meaning, width - column - "    ".length());
            String name = assignment(key, known);
            if (name.length() > column) {
                text.append("  ").append(name).append('\n');
                name = "";
            }
            for (String line : lines) {
                text.append(("  %-" + column + "s  %s").formatted(name, line).stripTrailing())
                        .append('\n');
                name = "";
            }
        }
        return text.toString();
    }

    private static String assignment(String key, Map<String, ConfigValue> known) {
        String value = value(known.get(key));
        return key + "=" + (value.equals("\"\"") ? "…" : value);
    }

    private static String firstSentence(ConfigValue value) {
        String comment = value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
        return comment.split(SENTENCE_END, 2)[0];
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static List<String> keys(Reference reference, Collection<String> keysOrSections) {
        Map<String, ConfigValue> keys = reference.keys();
        for (String wanted : keysOrSections) {
            if (keys.keySet().stream().noneMatch(key -> isIn(key, wanted))) {
                throw new IllegalArgumentException("no key or section " + wanted);
            }
        }
        return keys.entrySet().stream()
                .filter(entry -> keysOrSections.stream().anyMatch(wanted -> isIn(entry.getKey(), wanted)))
                .sorted(Comparator.comparingInt(
                        entry -> entry.getValue().origin().lineNumber()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isIn(String key, String wanted) {
        return key.equals(wanted) || key.startsWith(wanted + ".");
    }

    private static String value(ConfigValue value) {
        return value.render(ConfigRenderOptions.concise().setJson(false));
    }
}
