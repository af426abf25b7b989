package org.speechemotion.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The defaults of the project, which also define the list of known keys.
 *
 * <p>By convention they are in {@code reference.conf}. Other jars have files of that name as well, and an uber jar
 * concatenates them. Our file therefore lists its sections under {@code speech-emotion-spark.sections}, and only these
 * sections are used.
 *
 * @param defaults the sections of this project, unresolved
 */
record Reference(Config defaults) {

    static final String RESOURCE = "reference.conf";

    private static final String SECTIONS = "speech-emotion-spark.sections";

    /** Reads the resource of this name that has a list of sections. */
    static Reference load(String resource) {
        try {
            for (URL url : Collections.list(Reference.class.getClassLoader().getResources(resource))) {
                Config found = ConfigFactory.parseURL(url);
                if (found.hasPath(SECTIONS)) {
                    List<String> sections = found.getStringList(SECTIONS);
                    Config ours = ConfigFactory.empty();
                    for (String section : sections) {
                        ours = ours.withFallback(found.withOnlyPath(ConfigUtil.quoteString(section)));
                    }
                    return new Reference(ours);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no " + resource + " on the class path has the key " + SECTIONS);
    }

    /**
     * Returns every key with its default, sorted; a default may be null. An empty section has keys that the user chooses, and
     * is a key itself.
     */
    Map<String, ConfigValue> keys() {
        return leaves(defaults.resolve().root());
    }

    /** Returns whether a key is known, or is chosen by the user in an empty section. */
    static boolean isKnown(String key, Map<String, ConfigValue> known) {
        return known.containsKey(key) || ownSection(key, known);
    }

    /** Returns whether a key is in a section that is empty by default. */
    static boolean ownSection(String key, Map<String, ConfigValue> known) {
        return known.entrySet().stream()
                .anyMatch(section ->
                        section.getValue() instanceof ConfigObject && key.startsWith(section.getKey() + "."));
    }

    /** Returns the values of an object, including null and empty objects, by their full keys, sorted. */
    static Map<String, ConfigValue> leaves(ConfigObject root) {
        Map<String, ConfigValue> leaves = new TreeMap<>();
        collect("", root, leaves);
        return leaves;
    }

    private static void collect(String prefix, ConfigObject object, Map<String, ConfigValue> leaves) {
        object.forEach((name, value) -> {
            String key = prefix + quoteIfNeeded(name);
            if (value instanceof ConfigObject inner && !inner.isEmpty()) {
                collect(key + ".", inner, leaves);
            } else {
                leaves.put(key, value);
            }
        });
    }

    private static String quoteIfNeeded(String name) {
        return ConfigUtil.joinPath(name);
    }
}
