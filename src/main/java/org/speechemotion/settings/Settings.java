package org.speechemotion.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The immutable settings of one run. Configuration files override {@code reference.conf}, and {@code key=value} arguments
 * override the files.
 */
public final class Settings {

    /** The maximum length of a text, many times that of {@link #render}. */
    private static final int MAX_DATA_CHARACTERS = 1 << 20;

    private final Config config;
    private final Consumer<String> observer;

    private Settings(Config config) {
        this(config, key -> {});
    }

    private Settings(Config config, Consumer<String> observer) {
        this.config = config;
        this.observer = observer;
    }

    /**
     * Returns the same settings, which also report the full key of every value that is read by itself or bound to a record.
     *
     * @param observer the consumer of the keys, possibly of several threads
     */
    public Settings observedBy(Consumer<String> observer) {
        return new Settings(config, observer);
    }

    /**
     * Reads the layers, resolves substitutions (including environment variables such as {@code ${?NAME}}) and checks that
     * every key is known.
     *
     * @param files HOCON files; later ones override earlier ones
     * @param assignments {@code key=value} arguments, which override the files
     * @throws SettingsException if a file is missing or not HOCON, a key is unknown, or an assignment is malformed
     */
    public static Settings load(List<Path> files, List<String> assignments) {
        return load(Reference.load(Reference.RESOURCE), files, assignments);
    }

    static Settings load(Reference reference, List<Path> files, List<String> assignments) {
        return load(reference, files.stream().map(Settings::parse).toList(), assignments);
    }

    /**
     * Loads settings from texts instead of files.
     *
     * @param texts HOCON texts, which override {@code reference.conf}; later ones override earlier ones
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

    /** Wraps a complete configuration without checking its keys. */
    public static Settings of(Config config) {
        return new Settings(resolve(config));
    }

    /**
     * Reads settings from a foreign file, such as a model. They are data: no includes are followed and nothing is
     * substituted, neither environment variables nor other keys. Keys are not checked, since another release wrote them.
     *
     * @param text the text, in HOCON
     * @param origin the origin of the text, for messages
     * @throws SettingsException if the text is not HOCON, or holds more than values
     */
    public static Settings ofData(String text, String origin) {
        if (text.length() > MAX_DATA_CHARACTERS) {
            throw new SettingsException(
                    origin + ": has " + text.length() + " characters; allowed: at most " + MAX_DATA_CHARACTERS);
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

    /** Returns these settings with another value of a key. */
    public Settings with(String key, Object value) {
        return new Settings(config.withValue(key, ConfigValueFactory.fromAnyRef(value)), observer);
    }

    /** Returns the resolved configuration. */
    public Config config() {
        return config;
    }

    /**
     * Binds a section to a record. A component {@code lastLayers} has the key {@code last-layers}. It may be an int, long,
     * double, boolean, String, enum (in kebab-case) or record, or a List or Optional of one. An Optional is empty if the
     * key is missing, null or {@code ""}.
     *
     * @throws SettingsException if a value is missing or has the wrong type, or if the constructor of the record rejects it
     */
    public <R extends Record> R bind(String path, Class<R> type) {
        RecordBinder.keys(path, type).forEach(observer);
        return type.cast(RecordBinder.convert(path, type, config.hasPath(path) ? config.getValue(path) : null));
    }

    /** Returns the text of a key. */
    public String string(String key) {
        return get(key, String.class);
    }

    /**
     * Returns the text of a key that must be given.
     *
     * @throws SettingsException if it is empty
     */
    public String required(String key) {
        String value = string(key);
        if (value.isEmpty()) {
            throw new SettingsException(key + " is not given: add " + key + "=…");
        }
        return value;
    }

    /** Returns the text of a key unless it is missing, null or {@code ""}. */
    public Optional<String> optionalString(String key) {
        return Optional.ofNullable(value(key)).map(value -> string(key)).filter(text -> !text.isEmpty());
    }

    /**
     * Returns the texts of a section whose keys the user chooses.
     *
     * @throws SettingsException if the section or a value in it has another type
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
            throw new SettingsException(section + " is not a section; allowed: { key = text, … }");
        }
        return texts;
    }

    /** Returns the boolean of a key. */
    public boolean bool(String key) {
        return get(key, Boolean.class);
    }

    /** Returns the integer of a key. */
    public int integer(String key) {
        return get(key, Integer.class);
    }

    /** Returns the number of a key. */
    public double number(String key) {
        return get(key, Double.class);
    }

    /** Returns the enum constant of a key, which is written in kebab-case. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        return get(key, type);
    }

    /** Returns the values of sections as compact JSON by their full keys; missing sections have no values. */
    public Map<String, String> values(Collection<String> sections) {
        Map<String, String> values = new TreeMap<>();
        Reference.leaves(config.root()).forEach((key, value) -> {
            if (sections.contains(key.substring(0, Math.max(0, key.indexOf('.'))))) {
                values.put(key, value.render(ConfigRenderOptions.concise()));
            }
        });
        return values;
    }

    /** Returns everything as sorted HOCON without comments. Loading it gives equal settings. */
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
        observer.accept(path);
        return config.hasPath(path) ? config.getValue(path) : null;
    }

    private static Config parse(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SettingsException("configuration file " + file + " does not exist or is not a file");
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
