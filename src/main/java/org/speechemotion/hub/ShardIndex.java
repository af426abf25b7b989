package org.speechemotion.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The index of weights that are in several files: {@code weight_map} says which file holds a tensor. */
final class ShardIndex {
    private static final int MOST_SHARDS = 1000;
    private static final Pattern NAME = Pattern.compile("\\w[\\w.-]{0,190}\\.(safetensors|bin)");

    private ShardIndex() {}

    /**
     * The files that the index names.
     *
     * @throws HubException if it is no index, or a name could lead out of the folder
     */
    static SortedSet<String> shards(Path index) throws IOException {
        JsonNode map;
        try {
            map = new ObjectMapper().readTree(Files.readAllBytes(index)).path("weight_map");
        } catch (JsonProcessingException e) {
            throw new HubException(index + " is not JSON: " + e.getOriginalMessage());
        }
        SortedSet<String> shards = new TreeSet<>();
        for (JsonNode name : map) {
            if (!name.isTextual() || !NAME.matcher(name.asText()).matches()) {
                throw new HubException(index + ": weight_map names " + shortened(name)
                        + "; allowed are plain file names that end in .safetensors or .bin");
            }
            shards.add(name.asText());
        }
        if (!map.isObject() || shards.isEmpty() || shards.size() > MOST_SHARDS) {
            throw new HubException(
                    index + ": weight_map names " + shards.size() + " files; allowed are 1 to " + MOST_SHARDS);
        }
        return shards;
    }

    private static String shortened(JsonNode name) {
        String text = name.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
