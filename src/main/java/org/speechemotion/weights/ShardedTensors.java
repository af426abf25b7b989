package org.speechemotion.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.common.StrictJson;

/** Reads weights in several files with an index that maps tensors to files. */
final class ShardedTensors implements Tensors {
    private static final int MAX_INDEX_BYTES = 16 << 20;
    /** A file in the folder of the index. */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    private final Path index;
    private final Map<String, String> files;
    private final Map<String, Tensors> shards = new TreeMap<>();
    private final Map<String, Shape> shapes;

    private ShardedTensors(Path index, Map<String, String> files) {
        this.index = index;
        this.files = files;
        shapes = new LinkedHashMap<>();
    }

    /**
     * Opens every file that the index names.
     *
     * @throws WeightsException if the index is invalid, or a file lacks a tensor
     */
    static ShardedTensors open(Path index, Function<Path, Tensors> opener) {
        ShardedTensors opened = new ShardedTensors(index, fileByTensor(index));
        try {
            opened.openAll(opener);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Returns the files that an index names, sorted. */
    static List<Path> files(Path index) {
        return fileByTensor(index).values().stream()
                .distinct()
                .sorted()
                .map(index::resolveSibling)
                .toList();
    }

    @Override
    public Map<String, Shape> shapes() {
        return Collections.unmodifiableMap(shapes);
    }

    @Override
    public float[] read(String name) {
        if (!files.containsKey(name)) {
            throw new WeightsException(index + " has no tensor " + name);
        }
        return shards.get(files.get(name)).read(name);
    }

    @Override
    public Optional<FileRange> range(String name) {
        return Optional.ofNullable(files.get(name))
                .flatMap(file -> shards.get(file).range(name));
    }

    @Override
    public void close() {
        shards.values().forEach(Tensors::close);
    }

    private void openAll(Function<Path, Tensors> opener) {
        files.forEach((tensor, file) -> {
            Path path = index.resolveSibling(file);
            Shape shape = shards.computeIfAbsent(file, absent -> opener.apply(path))
                    .shapes()
                    .get(tensor);
            if (shape == null) {
                throw new WeightsException(
                        path + " lacks the tensor " + tensor + ", which " + index.getFileName() + " expects there");
            }
            shapes.put(tensor, shape);
        });
    }

    private static Map<String, String> fileByTensor(Path index) {
        JsonNode map;
        try {
            map = StrictJson.object(index, MAX_INDEX_BYTES).path("weight_map");
        } catch (IOException e) {
            throw new WeightsException(FailureMessage.of(e), e);
        }
        if (!map.isObject() || map.isEmpty()) {
            throw new WeightsException(index + " has no weight_map from tensors to files");
        }
        if (map.size() > WeightLimits.MAX_TENSORS) {
            throw new WeightsException(
                    index + " names " + map.size() + " tensors; allowed: at most " + WeightLimits.MAX_TENSORS);
        }
        Map<String, String> files = new LinkedHashMap<>();
        map.fields().forEachRemaining(entry -> {
            WeightLimits.requireName(entry.getKey());
            String file = entry.getValue().asText();
            if (!entry.getValue().isTextual() || !FILE_NAME.matcher(file).matches()) {
                throw new WeightsException(index + ": the file of tensor " + entry.getKey() + " is "
                        + WeightLimits.quoted(entry.getValue())
                        + "; allowed: the name of a file in the same folder, of letters, digits and . _ -");
            }
            files.put(entry.getKey(), file);
        });
        requireShardLimit(index, files.values());
        return files;
    }

    private static void requireShardLimit(Path index, Collection<String> files) {
        long shards = files.stream().distinct().count();
        if (shards > WeightLimits.MAX_SHARDS) {
            throw new WeightsException(
                    index + " names " + shards + " files; allowed: at most " + WeightLimits.MAX_SHARDS);
        }
    }
}
