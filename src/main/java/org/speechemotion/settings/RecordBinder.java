package org.speechemotion.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Converts configuration values to Java values. */
final class RecordBinder {
    /** The message of a record about one of its components. */
    private static final Pattern ALLOWED = Pattern.compile("(?<name>\\S+) is \\S+; allowed: (?<range>[^;:]+)");

    /** Text that was probably meant to be a list of several values. */
    private static final Pattern SEVERAL = Pattern.compile("[,\\[\\]{}]");

    private RecordBinder() {}

    /**
     * Converts a value to a type.
     *
     * @param key the full key, for messages
     * @param value the value; null if the key is missing
     * @throws SettingsException if it is missing or has the wrong type, or if the constructor of a record rejects it
     * @throws IllegalArgumentException if settings cannot have this type
     */
    static Object convert(String key, Type type, ConfigValue value) {
        try {
            return value(key, type, value);
        } catch (NotWholeException e) {
            throw e.asSettingsException("");
        }
    }

    private static Object value(String key, Type type, ConfigValue value) {
        boolean absent = value == null || value.valueType() == ConfigValueType.NULL;
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            boolean given = !absent && !value.unwrapped().equals("");
            return given ? Optional.of(value(key, generic.getActualTypeArguments()[0], value)) : Optional.empty();
        }
        if (absent) {
            throw new SettingsException(key + " is not set");
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return list(key, generic.getActualTypeArguments()[0], value);
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            return record(key, plain, value);
        }
        if (type instanceof Class<?> plain && plain.isEnum()) {
            return constant(key, plain, value);
        }
        return scalar(key, type, value);
    }

    /** Returns the full keys that binding a section to a record reads. */
    static Stream<String> keys(String section, Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).flatMap(component -> {
            String key = section + "." + kebab(component.getName());
            return component.getType().isRecord() ? keys(key, component.getType()) : Stream.of(key);
        });
    }

    private static Object record(String key, Class<?> type, ConfigValue value) {
        if (!(value instanceof ConfigObject object)) {
            throw wrong(key, value, "a section");
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        NotWholeException notWhole = null;
        int wrongComponent = -1;
        for (int i = 0; i < components.length; i++) {
            String name = kebab(components[i].getName());
            try {
                arguments[i] = value(key + "." + name, components[i].getGenericType(), object.get(name));
            } catch (NotWholeException e) {
                Class<?> number = components[i].getType();
                if (notWhole != null || !number.isPrimitive()) {
                    throw e.asSettingsException("");
                }
                notWhole = e;
                wrongComponent = i;
                arguments[i] = number == int.class ? (Object) Integer.MIN_VALUE : (Object) Long.MIN_VALUE;
            }
        }
        try {
            Object made = construct(type, components, arguments);
            if (notWhole != null) {
                throw notWhole.asSettingsException("");
            }
            return made;
        } catch (IllegalArgumentException e) {
            if (notWhole != null) {
                throw notWhole.asSettingsException(allowed(kebab(components[wrongComponent].getName()), e));
            }
            throw new SettingsException(key + ": " + e.getMessage(), e);
        }
    }

    private static Object construct(Class<?> type, RecordComponent[] components, Object[] arguments) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(type + " failed in its constructor", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    /**
     * Returns the range of a component as its record states it, such as {@code at least 1}. The record was given the least
     * integer in place of a text, because only the record knows its ranges.
     */
    private static String allowed(String name, IllegalArgumentException refused) {
        Matcher range = ALLOWED.matcher(String.valueOf(refused.getMessage()));
        return range.matches() && range.group("name").endsWith(name) ? ", " + range.group("range") : "";
    }

    /** Thrown for a value that is not a whole number. The message lacks the range until a record adds it. */
    private static final class NotWholeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotWholeException(String message) {
            super(message);
        }

        SettingsException asSettingsException(String range) {
            return new SettingsException(getMessage() + range, this);
        }
    }

    private static List<?> list(String key, Type element, ConfigValue value) {
        if (!(value instanceof ConfigList list)) {
            // A single value is a list of one.
            String one = text(value)
                    .filter(text -> !SEVERAL.matcher(text).find() && !text.isBlank())
                    .orElseThrow(() -> wrong(key, value, "a list, such as [a, b]"));
            return List.of(value(key, element, ConfigValueFactory.fromAnyRef(one, Origin.of(value))));
        }
        return IntStream.range(0, list.size())
                .mapToObj(i -> value(key + "[" + i + "]", element, list.get(i)))
                .toList();
    }

    private static Object constant(String key, Class<?> type, ConfigValue value) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        int index = names.indexOf(String.valueOf(value.unwrapped()));
        if (index < 0) {
            throw wrong(key, value, "one of " + String.join(", ", names));
        }
        return type.getEnumConstants()[index];
    }

    private static Object scalar(String key, Type type, ConfigValue value) {
        if (type == String.class) {
            return text(value).orElseThrow(() -> wrong(key, value, "text"));
        }
        if (type == boolean.class || type == Boolean.class) {
            return text(value)
                    .filter(word -> word.equals("true") || word.equals("false"))
                    .map(Boolean::valueOf)
                    .orElseThrow(() -> wrong(key, value, "true or false"));
        }
        if (type == int.class || type == Integer.class) {
            return (int) whole(key, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == long.class || type == Long.class) {
            return whole(key, value, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == double.class || type == Double.class) {
            return number(value)
                    .map(BigDecimal::doubleValue)
                    .filter(Double::isFinite)
                    .orElseThrow(() -> wrong(key, value, "a number"));
        }
        throw new IllegalArgumentException("settings cannot be of type " + type + ", as " + key + " would be");
    }

    private static long whole(String key, ConfigValue value, long min, long max) {
        BigDecimal number = number(value)
                .filter(found -> found.stripTrailingZeros().scale() <= 0)
                .orElseThrow(() -> new NotWholeException(
                        wrong(key, value, "a whole number").getMessage()));
        if (number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw wrong(key, value, "a whole number from " + min + " to " + max);
        }
        return number.longValueExact();
    }

    /** Accepts text as well, because environment variables and plain arguments are text. */
    private static Optional<BigDecimal> number(ConfigValue value) {
        try {
            return text(value).map(BigDecimal::new);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> Optional.of(value.atKey("value").getString("value"));
            case OBJECT, LIST, NULL -> Optional.empty();
        };
    }

    private static SettingsException wrong(String key, ConfigValue value, String allowed) {
        String found = value.render(ConfigRenderOptions.concise());
        String shown = found.length() > 80 ? found.substring(0, 80) + "…" : found;
        return new SettingsException(Origin.of(value) + ": " + key + " is " + shown + "; allowed: " + allowed);
    }

    /** Converts {@code lastLayers} to {@code last-layers}. */
    static String kebab(String camel) {
        return camel.chars()
                .mapToObj(c ->
                        Character.isUpperCase(c) ? "-" + (char) Character.toLowerCase(c) : String.valueOf((char) c))
                .collect(Collectors.joining());
    }
}
