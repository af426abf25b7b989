package org.speechemotion.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of one run: the project's {@code reference.conf}, then configuration files, then {@code key=value}
 * arguments, where the later wins. Immutable.
 */
public final class Settings {

    /** Of what {@link #render} gives, many times over. */
    private static final int MAX_DATA_CHARACTERS = 1 << 20;

    private final Config config;

    private Settings(Config config) {
        this.config = config;
    }

    /**
     * Reads the layers, resolves substitutions (environment variables too, as {@code ${?NAME}}) and checks that every
     * key is a known one.
     *
     * @param files in HOCON, the later over the earlier
     * @param assignments {@code key=value} each, over the files
     * @throws SettingsException if a file is missing or not HOCON, a key is unknown, or an assignment is malformed
     */
    public static Settings load(List<Path> files, List<String> assignments) {
        return load(Reference.load(Reference.RESOURCE), files, assignments);
    }

    static Settings load(Reference reference, List<Path> files, List<String> assignments) {
        return load(reference, files.stream().map(Settings::parse).toList(), assignments);
    }

    /**
     * The same from texts in place of files.
     *
     * @param texts in HOCON, the later over the earlier, all over {@code reference.conf}
     * @throws SettingsException as {@link #load}
     */
    public static Settings ofTexts(String... texts) {
        return load(
                Reference.load(Reference.RESOURCE),
                Arrays.stream(texts).map(Settings::parse).toList(),
                List.of());
    }

    private static Settings load(Reference reference, Collection<Config> layers, List<String> assignments) {
        Map<String, ConfigValue> known = reference.keys();
        Config config = reference.defaults();
        for (Config layer : layers) {
            config = layer.withFallback(config);
        }
        Config arguments = ConfigFactory.empty();
        for (String argument : assignments) {
            Assignment assignment = Assignment.parse(argument);
            if (!Reference.isKnown(assignment.key(), known)) {
                throw UnknownKeys.unknown("argument " + argument, assignment.key(), known.keySet());
            }
            ConfigValue fallback = known.get(assignment.key());
            try {
                arguments = arguments.withValue(
                        assignment.key(),
                        assignment.value(fallback == null ? ConfigValueType.STRING : fallback.valueType()));
            } catch (ConfigException.BadPath e) {
                throw new SettingsException(
                        "argument " + argument
                                + ": put quotes around the part of the key that has other characters than"
                                + " letters, digits, hyphens and underscores",
                        e);
            }
        }
        Config resolved = resolve(arguments.withFallback(config));
        Reference.leaves(resolved.root()).forEach((key, value) -> {
            if (!Reference.isKnown(key, known)) {
                throw UnknownKeys.unknown(Origin.of(value), key, known.keySet());
            }
        });
        return new Settings(resolved);
    }

    /** Settings that are already together, for programs and tests; keys are not checked. */
    public static Settings of(Config config) {
        return new Settings(resolve(config));
    }

    /**
     * Settings that came with somebody else's file, such as a model. They are data: no includes are followed and nothing is
     * substituted, neither environment variables nor other keys. Keys are not checked, since another release wrote them.
     *
     * @param text in HOCON
     * @param origin of the text, for messages
     * @throws SettingsException if the text is not HOCON, or holds more than values
     */
    public static Settings ofData(String text, String origin) {
        if (text.length() > MAX_DATA_CHARACTERS) {
            throw new SettingsException(
                    origin + ": has " + text.length() + " characters; allowed are " + MAX_DATA_CHARACTERS);
        }
        try {
            Config data = ConfigFactory.parseString(
                    text,
                    ConfigParseOptions.defaults().setOriginDescription(origin).setIncluder(new DataIncluder()));
            if (!data.isResolved()) {
                throw new SettingsException(origin + ": it has substitutions (${…}), but may only hold values");
            }
            return new Settings(data);
        } catch (ConfigException e) {
            throw new SettingsException(origin + ": " + oneLine(e), e);
        } catch (StackOverflowError e) {
            // The parser is recursive.
            throw new SettingsException(origin + ": is nested too deeply", e);
        }
    }

    /** Everything, resolved. */
    public Config config() {
        return config;
    }

    /**
     * The section at this path as a record. A component {@code lastLayers} is the key {@code last-layers}; it may be an
     * int, long, double, boolean, String, enum (in kebab-case), record, or a List or Optional of one. An Optional is
     * empty if the key is missing, null or {@code ""}.
     *
     * @throws SettingsException if a value is missing or of the wrong type, or if the record's constructor refuses it
     */
    public <R extends Record> R bind(String path, Class<R> type) {
        return type.cast(RecordBinder.convert(path, type, value(path)));
    }

    /** The text at this key. */
    public String string(String key) {
        return get(key, String.class);
    }

    /** The text at this key, unless it is missing, null or {@code ""}. */
    public Optional<String> optionalString(String key) {
        return Optional.ofNullable(value(key)).map(value -> string(key)).filter(text -> !text.isEmpty());
    }

    /**
     * The texts of a section whose keys are the user's own.
     *
     * @throws SettingsException where the section, or a value in it, is something else
     */
    public Map<String, String> texts(String section) {
        Map<String, String> texts = new TreeMap<>();
        if (value(section) instanceof ConfigObject object) {
            object.keySet()
                    .forEach(key -> texts.put(
                            key,
                            RecordBinder.convert(section + "." + key, String.class, object.get(key))
                                    .toString()));
        } else if (value(section) != null) {
            throw new SettingsException(section + " is no section: allowed is { key = text, … }");
        }
        return texts;
    }

    /** The boolean at this key. */
    public boolean bool(String key) {
        return get(key, Boolean.class);
    }

    /** The whole number at this key. */
    public int integer(String key) {
        return get(key, Integer.class);
    }

    /** The number at this key. */
    public double number(String key) {
        return get(key, Double.class);
    }

    /** The constant at this key, in kebab-case. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        return get(key, type);
    }

    /** The values of these sections by their full keys, as JSON without spaces; sections that are not there have none. */
    public Map<String, String> values(Collection<String> sections) {
        Map<String, String> values = new TreeMap<>();
        Reference.leaves(config.root()).forEach((key, value) -> {
            if (sections.contains(key.substring(0, Math.max(0, key.indexOf('.'))))) {
                values.put(key, value.render(ConfigRenderOptions.concise()));
            }
        });
        return values;
    }

    /** All of it as HOCON, sorted, without comments: what to keep beside a result. Loading it gives equal settings. */
    public String render() {
        return config.root()
                .render(ConfigRenderOptions.defaults()
                        .setOriginComments(false)
                        .setComments(false)
                        .setJson(false));
    }

    private <T> T get(String key, Class<T> type) {
        return type.cast(RecordBinder.convert(key, type, value(key)));
    }

    private ConfigValue value(String path) {
        return config.hasPath(path) ? config.getValue(path) : null;
    }

    private static Config parse(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SettingsException("configuration file " + file + " is not there or is no file");
        }
        try {
            return ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        } catch (ConfigException e) {
            throw new SettingsException(oneLine(e), e);
        }
    }

    private static Config parse(String text) {
        try {
            return ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription("settings"));
        } catch (ConfigException e) {
            throw new SettingsException(oneLine(e), e);
        }
    }

    private static Config resolve(Config config) {
        try {
            return config.resolve();
        } catch (ConfigException e) {
            throw new SettingsException(oneLine(e), e);
        }
    }

    private static String oneLine(ConfigException e) {
        return e.getMessage().replaceAll("\\s*\\R\\s*", " ");
    }
}
