package org.speechemotion.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds and opens the weights in a folder with the layout of Hugging Face. */
public final class WeightFiles {

    /** The formats in the order of preference. */
    private enum Format {
        SAFETENSORS("model.safetensors"),
        SAFETENSORS_SHARDS("model.safetensors.index.json"),
        PICKLE("pytorch_model.bin"),
        PICKLE_SHARDS("pytorch_model.bin.index.json");

        private final String file;

        Format(String file) {
            this.file = file;
        }
    }

    private WeightFiles() {}

    /**
     * Opens the first existing file of {@code model.safetensors}, {@code model.safetensors.index.json},
     * {@code pytorch_model.bin} and {@code pytorch_model.bin.index.json}.
     *
     * @throws WeightsException if none exists, or the file is damaged
     */
    public static Tensors open(Path folder) {
        Format format = format(folder);
        Path file = folder.resolve(format.file);
        return switch (format) {
            case SAFETENSORS -> Safetensors.open(file);
            case SAFETENSORS_SHARDS -> ShardedTensors.open(file, Safetensors::open);
            case PICKLE -> PickledTensors.open(file);
            case PICKLE_SHARDS -> ShardedTensors.open(file, PickledTensors::open);
        };
    }

    /**
     * Returns the files that {@link #open} reads: a single file, or an index and the files that it names.
     *
     * @throws WeightsException if there is no such file, or the index is damaged
     */
    public static List<Path> files(Path folder) {
        Format format = format(folder);
        Path file = folder.resolve(format.file);
        List<Path> files = new ArrayList<>(List.of(file));
        if (format == Format.SAFETENSORS_SHARDS || format == Format.PICKLE_SHARDS) {
            files.addAll(ShardedTensors.files(file));
        }
        return List.copyOf(files);
    }

    private static Format format(Path folder) {
        return Arrays.stream(Format.values())
                .filter(format -> Files.isRegularFile(folder.resolve(format.file)))
                .findFirst()
                .orElseThrow(() -> new WeightsException(folder + " contains no weights; allowed: one of "
                        + Arrays.stream(Format.values())
                                .map(format -> format.file)
                                .toList()));
    }
}
