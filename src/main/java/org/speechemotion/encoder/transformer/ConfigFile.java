package org.speechemotion.encoder.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.speechemotion.weights.StrictJson;
import org.speechemotion.weights.WeightsException;

/** A JSON file of a checkpoint's folder. What it does not say is as Hugging Face's own default has it. */
public final class ConfigFile {
    private static final int MAXIMUM_BYTES = 4 << 20;

    private final Path file;
    private final JsonNode root;

    private ConfigFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads the file.
     *
     * @throws WeightsException if it is missing, too large or not a JSON object
     */
    public static ConfigFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException(file + " is missing: a folder of an encoder has config.json,"
                    + " preprocessor_config.json and model.safetensors or pytorch_model.bin");
        }
        return new ConfigFile(file, StrictJson.object(file, MAXIMUM_BYTES));
    }

    /**
     * A text that must be there.
     *
     * @throws WeightsException if the key holds no text, or is missing
     */
    public String text(String key) {
        JsonNode node = root.path(key);
        if (!node.isTextual()) {
            throw wrong(key, "a text");
        }
        return node.asText();
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

    public int integer(String key, int absent, int least, int most) {
        JsonNode node = root.path(key);
        if (isAbsent(node)) {
            return absent;
        }
        return integer(key, node, least, most);
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

    public List<Integer> integers(String key, List<Integer> absent, int least, int most) {
        JsonNode node = root.path(key);
        if (isAbsent(node)) {
            return absent;
        }
        if (!node.isArray() || node.isEmpty()) {
            throw wrong(key, "a list of whole numbers");
        }
        return IntStream.range(0, node.size())
                .mapToObj(i -> integer(key, node.get(i), least, most))
                .toList();
    }

    /** One of an enum's constants, in lower case. */
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
     * Refuses what is not built.
     *
     * @throws WeightsException if the key holds anything but what is supported
     */
    public void only(String key, boolean supported) {
        if (bool(key, supported) != supported) {
            throw wrong(key, String.valueOf(supported));
        }
    }

    WeightsException wrong(String key, String allowed) {
        JsonNode node = root.path(key);
        return new WeightsException(
                file + ": " + key + " is " + (node.isMissingNode() ? "missing" : node) + "; allowed is " + allowed);
    }

    private int integer(String key, JsonNode node, int least, int most) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < least || node.asInt() > most) {
            throw wrong(key, "a whole number from " + least + " to " + most);
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
