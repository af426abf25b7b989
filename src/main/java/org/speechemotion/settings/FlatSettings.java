package org.speechemotion.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Settings as a map from full keys such as {@code training.epochs} to their values. */
public final class FlatSettings {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Sections of the settings. */
    private static final Set<String> HYPERPARAMETERS =
            Set.of("audio", "augmentation", "encoder", "network", "pretrained", "split", "training");

    private FlatSettings() {}

    /** Flattens settings in HOCON. */
    public static SortedMap<String, String> ofHocon(String hocon) {
        return of(JSON.valueToTree(
                Settings.ofData(hocon, "the settings").config().root().unwrapped()));
    }

    /** Flattens settings in JSON; a list is one value. */
    public static SortedMap<String, String> of(JsonNode settings) {
        SortedMap<String, String> flat = new TreeMap<>();
        collect("", settings, flat);
        return flat;
    }

    /** Returns the settings that decide the model, as opposed to those that name the run or its place. */
    public static SortedMap<String, String> hyperparameters(String hocon) {
        SortedMap<String, String> settings = ofHocon(hocon);
        settings.keySet().removeIf(key -> !HYPERPARAMETERS.contains(key.replaceFirst("\\..*", "")));
        return settings;
    }

    /** Returns the settings that are not the defaults. A default that depends on the machine counts like any other. */
    public static SortedMap<String, String> changed(String hocon) {
        Config reference = ConfigFactory.defaultReference();
        SortedMap<String, String> defaults =
                of(JSON.valueToTree(reference.root().unwrapped()));
        SortedMap<String, String> changed = ofHocon(hocon);
        changed.entrySet().removeIf(setting -> setting.getValue().equals(defaults.get(setting.getKey())));
        return changed;
    }

    /** Returns the values of each key that some of the settings differ in, in their order; "-" where a key is missing. */
    public static Map<String, List<String>> differences(List<? extends Map<String, String>> settings) {
        TreeSet<String> keys = new TreeSet<>();
        settings.forEach(one -> keys.addAll(one.keySet()));
        Map<String, List<String>> differences = new LinkedHashMap<>();
        for (String key : keys) {
            List<String> values =
                    settings.stream().map(one -> one.getOrDefault(key, "-")).toList();
            if (values.stream().distinct().count() > 1) {
                differences.put(key, values);
            }
        }
        return differences;
    }

    private static void collect(String prefix, JsonNode node, Map<String, String> flat) {
        node.fields().forEachRemaining(field -> {
            String key = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                collect(key + ".", value, flat);
            } else {
                flat.put(key, value.isTextual() ? value.asText() : value.toString());
            }
        });
    }
}
