package org.speechemotion.common;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads JSON without duplicate keys, trailing content or deep nesting. */
public final class StrictJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /** Returns a mapper that is as strict, to be configured further. */
    public static ObjectMapper mapper() {
        return MAPPER.copy();
    }

    /**
     * Reads one object.
     *
     * @throws IOException if the bytes are not strictly a JSON object
     */
    public static JsonNode object(byte[] json) throws IOException {
        JsonNode root = MAPPER.readTree(json);
        if (!root.isObject()) {
            throw new IOException("there is no JSON object");
        }
        return root;
    }

    /**
     * Reads a file with one object.
     *
     * @throws IOException if it cannot be read, is larger than {@code maxBytes}, or is not strictly a JSON object; the message
     *     names the file
     */
    public static JsonNode object(Path file, int maxBytes) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is missing");
        }
        if (Files.size(file) > maxBytes) {
            throw new IOException(file + " has " + Files.size(file) + " bytes; allowed: at most " + maxBytes);
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject()) {
            throw new IOException(file + " is not a JSON object");
        }
        return root;
    }
}
