package org.speechemotion.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.speechemotion.common.StrictJson;

/** Parses the header of a safetensors file and checks it against the size of the data. */
final class SafetensorsHeader {
    private static final ObjectMapper MAPPER = StrictJson.mapper();
    private static final String METADATA = "__metadata__";
    /** Allows tokens after a value, because the next tensor follows. */
    private static final ObjectReader VALUE = MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A tensor, which occupies the bytes {@code start} to {@code end} of the data. */
    record Entry(ElementType type, Shape shape, long start, long end) {}

    private SafetensorsHeader() {}

    /**
     * Parses a header.
     *
     * @param dataBytes the number of bytes after the header, which the tensors must fill exactly
     * @throws WeightsException if the header is invalid; the message does not name the file
     */
    static Map<String, Entry> parse(byte[] json, long dataBytes) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (json[0] != '{' || parser.nextToken() != JsonToken.START_OBJECT) {
                throw new WeightsException("its header does not start with {");
            }
            // Reads one tensor at a time, so that a header of many megabytes never becomes one tree.
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.getCurrentName();
                parser.nextToken();
                JsonNode node = VALUE.readTree(parser);
                if (name.equals(METADATA)) {
                    requireStrings(node);
                } else {
                    WeightLimits.requireName(name);
                    entries.put(name, entry(name, node));
                    WeightLimits.requireTensors(entries.size());
                }
            }
            if (parser.nextToken() != null) {
                throw new WeightsException("its header continues after the JSON object");
            }
        } catch (JsonProcessingException e) {
            throw new WeightsException("its header is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new WeightsException("its header is not JSON: " + e.getMessage(), e);
        }
        requireContiguous(entries, dataBytes);
        return entries;
    }

    private static Entry entry(String name, JsonNode node) {
        if (!node.isObject() || node.size() != 3) {
            throw new WeightsException("tensor " + name + " must have exactly dtype, shape and data_offsets");
        }
        String dtype = node.path("dtype").asText();
        ElementType type = ElementType.named(dtype)
                .orElseThrow(() -> new WeightsException("tensor " + name + " has the dtype "
                        + WeightLimits.quoted(dtype)
                        + "; allowed: " + List.of(ElementType.values())));
        List<Long> offsets = numbers(name, node, "data_offsets");
        Shape shape = shape(name, numbers(name, node, "shape"));
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw new WeightsException("tensor " + name + " has data_offsets " + offsets
                    + "; allowed: a start and an end that is not before it");
        }
        long bytes = offsets.get(1) - offsets.get(0);
        // Divides, because the product may overflow.
        if (bytes % type.bytes() != 0 || bytes / type.bytes() != shape.count()) {
            throw new WeightsException("tensor " + name + " has " + bytes + " bytes, but " + type + " of shape " + shape
                    + " has " + shape.count() + " values of " + type.bytes() + " bytes");
        }
        return new Entry(type, shape, offsets.get(0), offsets.get(1));
    }

    private static Shape shape(String name, List<Long> sizes) {
        try {
            return new Shape(sizes);
        } catch (IllegalArgumentException e) {
            throw new WeightsException("tensor " + name + " has the impossible shape " + sizes, e);
        }
    }

    private static List<Long> numbers(String name, JsonNode node, String key) {
        JsonNode array = node.path(key);
        WeightLimits.requireAxes(key + " of tensor " + name, array.size());
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : array) {
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 0) {
                throw new WeightsException("tensor " + name + " has " + key + " "
                        + WeightLimits.quoted(array)
                        + "; allowed: integers from 0 to " + Long.MAX_VALUE);
            }
            numbers.add(number.asLong());
        }
        if (!array.isArray()) {
            throw new WeightsException("tensor " + name + " has no list " + key);
        }
        return numbers;
    }

    private static void requireStrings(JsonNode metadata) {
        boolean texts = metadata.isObject();
        for (JsonNode value : metadata) {
            texts &= value.isTextual();
        }
        if (!texts) {
            throw new WeightsException(METADATA + " of its header is not a map from strings to strings");
        }
    }

    /** Requires, like the reference implementation, that every byte of the data belongs to exactly one tensor. */
    private static void requireContiguous(Map<String, Entry> entries, long dataBytes) {
        List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(entries.entrySet());
        inOrder.sort(Comparator.comparingLong(
                        (Map.Entry<String, Entry> named) -> named.getValue().start())
                .thenComparingLong(named -> named.getValue().end()));
        long end = 0;
        for (Map.Entry<String, Entry> named : inOrder) {
            Entry entry = named.getValue();
            if (entry.start() != end) {
                throw new WeightsException("tensor " + named.getKey() + " starts at byte " + entry.start()
                        + " of the data, but the previous one ends at " + end
                        + (entry.start() < end ? ": they overlap" : ": there is a gap"));
            }
            end = entry.end();
        }
        if (end != dataBytes) {
            throw new WeightsException("its tensors end at byte " + end + " of the data, but it has " + dataBytes
                    + " bytes" + (end > dataBytes ? ": the file is truncated" : ": there is other data after them"));
        }
    }
}
