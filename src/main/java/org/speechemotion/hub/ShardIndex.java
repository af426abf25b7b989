package org.speechemotion.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.common.StrictJson;

/** Reads the index of weights in several files, whose {@code weight_map} maps tensors to files. */
final class ShardIndex {
    private static final int MAX_SHARDS = 1000;
    private static final Pattern NAME = Pattern.compile("\\w[\\w.-]{0,190}\\.(safetensors|bin)");

    private ShardIndex() {}

    /**
     * Returns the files that an index names.
     *
     * @throws HubException if the index is invalid, or a name could leave the folder
     */
    static SortedSet<String> shards(Path index) throws IOException {
        JsonNode map;
        try {
            map = StrictJson.object(index, EncoderFetch.MAX_JSON_BYTES).path("weight_map");
        } catch (IOException e) {
            throw new HubException(FailureMessage.of(e));
        }
        SortedSet<String> shards = new TreeSet<>();
        for (JsonNode name : map) {
            if (!name.isTextual() || !NAME.matcher(name.asText()).matches()) {
                throw new HubException(index + ": weight_map names " + shortened(name)
                        + "; allowed: file names without folders that end with .safetensors or .bin");
            }
            shards.add(name.asText());
        }
        if (!map.isObject() || shards.isEmpty() || shards.size() > MAX_SHARDS) {
            throw new HubException(
                    index + ": weight_map names " + shards.size() + " files; allowed: 1 to " + MAX_SHARDS);
        }
        return shards;
    }

    private static String shortened(JsonNode name) {
        String text = name.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
