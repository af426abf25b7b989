package org.speechemotion.encoder.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.common.StrictJson;
import org.speechemotion.weights.WeightsException;

/** Reads a JSON file of an encoder folder. A missing key has the default of Hugging Face. */
public final class ConfigFile {
    private static final int MAX_BYTES = 4 << 20;

    private final Path file;
    private final String prefix;
    private final JsonNode root;

    private ConfigFile(Path file, String prefix, JsonNode root) {
        this.file = file;
        this.prefix = prefix;
        this.root = root;
    }

    /**
     * Reads the file.
     *
     * @throws WeightsException if it is missing, too large or not a JSON object
     */
    public static ConfigFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException(file + " is missing; an encoder folder has config.json,"
                    + " preprocessor_config.json or a feature_extractor in processor_config.json, and"
                    + " model.safetensors or pytorch_model.bin");
        }
        try {
            return new ConfigFile(file, "", StrictJson.object(file, MAX_BYTES));
        } catch (IOException e) {
            throw new WeightsException(FailureMessage.of(e), e);
        }
    }

    /**
     * Returns an object inside the file, if the key is present.
     *
     * @throws WeightsException if the value is not an object
     */
    public Optional<ConfigFile> block(String key) {
        JsonNode node = root.path(key);
        if (isAbsent(node)) {
            return Optional.empty();
        }
        if (!node.isObject()) {
            throw wrong(key, "an object");
        }
        return Optional.of(new ConfigFile(file, prefix + key + ".", node));
    }

    /**
     * Returns a required string.
     *
     * @throws WeightsException if the value is missing or not a string
     */
    public String text(String key) {
        JsonNode node = root.path(key);
        if (!node.isTextual()) {
            throw wrong(key, "a string");
        }
        return node.asText();
    }

    /**
     * Returns an optional string.
     *
     * @throws WeightsException if the value is not a string
     */
    public String text(String key, String absent) {
        return isAbsent(root.path(key)) ? absent : text(key);
    }

    public boolean bool(String key, boolean absent) {
        JsonNode node = root.path(key);
        if (isAbsent(node)) {
            return absent;
        }
        if (!node.isBoolean()) {
            throw wrong(key, "true or false");
        }
        return node.asBoolean();
    }

    public int integer(String key, int absent, int min, int max) {
        JsonNode node = root.path(key);
        if (isAbsent(node)) {
            return absent;
        }
        return integer(key, node, min, max);
    }

    public double number(String key, double absent) {
        JsonNode node = root.path(key);
        if (isAbsent(node)) {
            return absent;
        }
        if (!node.isNumber() || !(node.asDouble() > 0 && node.asDouble() < 1)) {
            throw wrong(key, "a number between 0 and 1");
        }
        return node.asDouble();
    }

    public List<Integer> integers(String key, List<Integer> absent, int min, int max) {
        JsonNode node = root.path(key);
        if (isAbsent(node)) {
            return absent;
        }
        if (!node.isArray() || node.isEmpty()) {
            throw wrong(key, "a list of integers");
        }
        return IntStream.range(0, node.size())
                .mapToObj(i -> integer(key, node.get(i), min, max))
                .toList();
    }

    /** Returns the enum constant whose name the value is in lower case. */
    public <E extends Enum<E>> E choice(String key, E absent) {
        JsonNode node = root.path(key);
        if (isAbsent(node)) {
            return absent;
        }
        List<E> known = Arrays.asList(absent.getDeclaringClass().getEnumConstants());
        return known.stream()
                .filter(constant -> id(constant).equals(node.asText()))
                .findFirst()
                .orElseThrow(() -> wrong(
                        key, "one of " + known.stream().map(ConfigFile::id).toList()));
    }

    /**
     * Rejects an unsupported option.
     *
     * @throws WeightsException if the value differs from the supported one
     */
    public void requireSupported(String key, boolean supported) {
        if (bool(key, supported) != supported) {
            throw wrong(key, String.valueOf(supported));
        }
    }

    WeightsException wrong(String key, String allowed) {
        JsonNode node = root.path(key);
        return new WeightsException(file + ": " + prefix + key + " is " + (node.isMissingNode() ? "missing" : node)
                + "; allowed: " + allowed);
    }

    private int integer(String key, JsonNode node, int min, int max) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < min || node.asInt() > max) {
            throw wrong(key, "an integer from " + min + " to " + max);
        }
        return node.asInt();
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
