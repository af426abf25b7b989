package org.speechemotion.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The weights in a Hugging Face folder, in whichever of its formats they are. */
public final class Checkpoint {

    /** What is looked for, in this order. */
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

    private Checkpoint() {}

    /**
     * Opens the weights: {@code model.safetensors}, {@code model.safetensors.index.json}, {@code pytorch_model.bin} or
     * {@code pytorch_model.bin.index.json}, the first of these that there is.
     *
     * @throws WeightsException if there is none, or it is damaged
     */
    public static Tensors open(Path folder) {
        Format format = format(folder);
        Path file = folder.resolve(format.file);
        return switch (format) {
            case SAFETENSORS -> Safetensors.open(file);
            case SAFETENSORS_SHARDS -> Shards.open(file, Safetensors::open);
            case PICKLE -> PickledTensors.open(file);
            case PICKLE_SHARDS -> Shards.open(file, PickledTensors::open);
        };
    }

    /**
     * The files that {@link #open} reads: one, or an index and the files it names.
     *
     * @throws WeightsException if there is none, or the index is damaged
     */
    public static List<Path> files(Path folder) {
        Format format = format(folder);
        Path file = folder.resolve(format.file);
        List<Path> files = new ArrayList<>(List.of(file));
        if (format == Format.SAFETENSORS_SHARDS || format == Format.PICKLE_SHARDS) {
            files.addAll(Shards.files(file));
        }
        return List.copyOf(files);
    }

    private static Format format(Path folder) {
        return Arrays.stream(Format.values())
                .filter(format -> Files.isRegularFile(folder.resolve(format.file)))
                .findFirst()
                .orElseThrow(() -> new WeightsException(folder + " holds no weights; looked for were "
                        + Arrays.stream(Format.values())
                                .map(format -> format.file)
                                .toList()));
    }
}
