package org.speechemotion.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@code key=value} argument.
 *
 * <p>The value becomes a number, a boolean or a list only if the default of the key is one. Otherwise it is taken
 * literally, so that paths, globs and addresses need no quotes and {@code //} and {@code #} start no comments.
 */
record Assignment(String key, String text) {

    /** Exactly one quoted string, and not several with something between them. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"");

    private static final Pattern PLAIN_LIST = Pattern.compile("\\[[^\\[\\]{}\"#$]+]");

    /** @throws SettingsException if there is no equals sign or no key before it */
    static Assignment parse(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 0 || argument.substring(0, equals).isBlank()) {
            throw new SettingsException("argument is " + argument + "; allowed: key=value");
        }
        return new Assignment(argument.substring(0, equals).strip(), argument.substring(equals + 1));
    }

    /** Returns the value in the type of the default if the text can be parsed, and otherwise the text. */
    ConfigValue value(ConfigValueType defaultType) {
        Optional<?> typed =
                switch (defaultType) {
                    case NUMBER -> number(text.strip());
                    case BOOLEAN -> Optional.of(text.strip())
                            .filter(word -> word.equals("true") || word.equals("false"))
                            .map(Boolean::valueOf);
                    case LIST -> list(text.strip());
                    case STRING -> quoted(text.strip());
                    case OBJECT -> hocon(text, ConfigValueType.OBJECT);
                    case NULL -> Optional.empty();
                };
        Object value = typed.isPresent() ? typed.get() : text;
        return ConfigValueFactory.fromAnyRef(value, Origin.ARGUMENT);
    }

    private static Optional<Number> number(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException notWhole) {
            return real(text);
        }
    }

    private static Optional<Number> real(String text) {
        try {
            double value = new BigDecimal(text).doubleValue();
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Object> list(String text) {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            return Optional.empty();
        }
        // A shell removes the quotes that HOCON demands around a colon or a slash, as in [ravdess:06,ravdess:07].
        return hocon(text, ConfigValueType.LIST).or(() -> Optional.of(text)
                .filter(list -> PLAIN_LIST.matcher(list).matches())
                .map(list -> Arrays.stream(list.substring(1, list.length() - 1).split(",", -1))
                        .map(String::strip)
                        .toList()));
    }

    private static Optional<Object> quoted(String text) {
        return QUOTED.matcher(text).matches() ? hocon(text, ConfigValueType.STRING) : Optional.empty();
    }

    private static Optional<Object> hocon(String text, ConfigValueType type) {
        try {
            // A comment in the text would swallow the closing brace, and parsing would fail.
            Config parsed =
                    ConfigFactory.parseString("{ value = " + text + " }").resolve();
            ConfigValue value = parsed.root().get("value");
            boolean whole = parsed.root().size() == 1 && value.valueType() == type;
            return whole ? Optional.of(value.unwrapped()) : Optional.empty();
        } catch (ConfigException notHocon) {
            return Optional.empty();
        }
    }
}
