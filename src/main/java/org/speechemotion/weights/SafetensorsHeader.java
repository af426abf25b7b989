package org.speechemotion.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The header of a safetensors file: what it says of each tensor, held against the extent of the data behind it. */
final class SafetensorsHeader {
    private static final String METADATA = "__metadata__";
    /** What stands behind a tensor's value is the next tensor. */
    private static final ObjectReader VALUE =
            StrictJson.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Where a tensor is: bytes {@code start} to {@code end} of the data. */
    record Entry(ElementType type, Shape shape, long start, long end) {}

    private SafetensorsHeader() {}

    /**
     * Parses a header.
     *
     * @param dataBytes that the file has behind the header; the tensors must fill them exactly
     * @throws WeightsException without the file's name
     */
    static Map<String, Entry> parse(byte[] json, long dataBytes) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try (JsonParser parser = StrictJson.MAPPER.createParser(json)) {
            if (json[0] != '{' || parser.nextToken() != JsonToken.START_OBJECT) {
                throw new WeightsException("its header does not begin with {");
            }
            // Tensor by tensor, so that a header of many megabytes never becomes one tree.
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.getCurrentName();
                parser.nextToken();
                JsonNode node = VALUE.readTree(parser);
                if (name.equals(METADATA)) {
                    requireTexts(node);
                } else {
                    CheckpointLimits.requireName(name);
                    entries.put(name, entry(name, node));
                    CheckpointLimits.requireTensors(entries.size());
                }
            }
            if (parser.nextToken() != null) {
                throw new WeightsException("something stands behind the JSON object of its header");
            }
        } catch (JsonProcessingException e) {
            throw new WeightsException("its header is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new WeightsException("its header is not JSON: " + e.getMessage(), e);
        }
        requireNoGap(entries, dataBytes);
        return entries;
    }

    private static Entry entry(String name, JsonNode node) {
        if (!node.isObject() || node.size() != 3) {
            throw new WeightsException("tensor " + name + " has not just dtype, shape and data_offsets");
        }
        String dtype = node.path("dtype").asText();
        ElementType type = ElementType.named(dtype)
                .orElseThrow(() -> new WeightsException("tensor " + name + " has the unknown dtype "
                        + CheckpointLimits.quoted(dtype)
                        + "; known are " + List.of(ElementType.values())));
        List<Long> offsets = numbers(name, node, "data_offsets");
        Shape shape = shape(name, numbers(name, node, "shape"));
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw new WeightsException("tensor " + name + " has data_offsets " + offsets
                    + "; allowed are a start and an end not before it");
        }
        long bytes = offsets.get(1) - offsets.get(0);
        // Divided, because the product may be beyond a long.
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
        CheckpointLimits.requireAxes(key + " of tensor " + name, array.size());
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : array) {
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 0) {
                throw new WeightsException("tensor " + name + " has " + key + " "
                        + CheckpointLimits.quoted(array)
                        + "; allowed are whole numbers from 0 to " + Long.MAX_VALUE);
            }
            numbers.add(number.asLong());
        }
        if (!array.isArray()) {
            throw new WeightsException("tensor " + name + " has no list " + key);
        }
        return numbers;
    }

    private static void requireTexts(JsonNode metadata) {
        boolean texts = metadata.isObject();
        for (JsonNode value : metadata) {
            texts &= value.isTextual();
        }
        if (!texts) {
            throw new WeightsException(METADATA + " of its header is not a map from text to text");
        }
    }

    /** As the format's reference implementation demands, so that no byte is in two tensors and none in no tensor. */
    private static void requireNoGap(Map<String, Entry> entries, long dataBytes) {
        List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(entries.entrySet());
        inOrder.sort(Comparator.comparingLong(
                        (Map.Entry<String, Entry> named) -> named.getValue().start())
                .thenComparingLong(named -> named.getValue().end()));
        long end = 0;
        for (Map.Entry<String, Entry> named : inOrder) {
            Entry entry = named.getValue();
            if (entry.start() != end) {
                throw new WeightsException("tensor " + named.getKey() + " starts at byte " + entry.start()
                        + " of the data, where the one before it ends at " + end
                        + (entry.start() < end ? ": they overlap" : ": there is a gap"));
            }
            end = entry.end();
        }
        if (end != dataBytes) {
            throw new WeightsException("its tensors end at byte " + end + " of the data, but it has " + dataBytes
                    + " bytes" + (end > dataBytes ? ": it is cut off" : ": something is behind them"));
        }
    }
}
