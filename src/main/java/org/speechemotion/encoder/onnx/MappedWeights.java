package org.speechemotion.encoder.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.onnx.OnnxGraph;
import org.speechemotion.weights.FileRange;
import org.speechemotion.weights.Shape;
import org.speechemotion.weights.WeightsException;

/**
 * Weights that ONNX Runtime maps from the file of the encoder itself. Tensors that no file holds as 32-bit floats, such as
 * those of PyTorch files, are read when this is opened.
 */
final class MappedWeights implements EncoderWeights {
    /** A name in place of a file, for tensors that the session receives from memory. */
    private static final String MEMORY = "memory";

    private final Map<String, Shape> shapes;
    private final Map<String, FileRange> mapped = new LinkedHashMap<>();
    private final Map<String, float[]> read = new LinkedHashMap<>();
    private final Path folder;

    /**
     * Finds or reads every tensor.
     *
     * @param tensors the tensors, which may be closed afterwards
     * @param precision the numbers in which linear layers multiply; their weights are read unless these are 32-bit floats
     * @throws WeightsException if one cannot be read or has a value that is not finite
     */
    MappedWeights(TransformerConfig config, EncoderTensors tensors, Precision precision) {
        shapes = TensorNames.all(config);
        Path found = null;
        for (String name : shapes.keySet()) {
            // Every tensor is read once, because weights from a file are not trusted to be finite.
            float[] values = tensors.read(name);
            Optional<FileRange> range = tensors.range(name).map(MappedWeights::real);
            if (range.isPresent()
                    && (found == null || found.equals(range.get().file().getParent()))) {
                found = range.get().file().getParent();
                mapped.put(name, range.get());
            } else {
                read.put(name, values);
            }
            if (isComputedWith(name, precision)) {
                read.put(name, values);
            }
        }
        folder = found;
    }

    /** Returns the folder of the mapped files, which is one folder; nothing if all tensors are in memory. */
    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /** Returns the shape of a tensor. */
    long[] shape(String name) {
        return shapes.get(name).sizes().stream().mapToLong(Long::longValue).toArray();
    }

    /** Returns the tensors that no file holds, by name. */
    Map<String, float[]> inMemory() {
        Map<String, float[]> tensors = new LinkedHashMap<>(read);
        tensors.keySet().removeAll(mapped.keySet());
        return tensors;
    }

    @Override
    public String add(OnnxGraph graph, String name) {
        FileRange range = mapped.get(name);
        return range == null
                ? graph.external(name, MEMORY, 0, shape(name))
                : graph.external(name, range.file().getFileName().toString(), range.offset(), shape(name));
    }

    @Override
    public float[] read(String name) {
        return read.get(name);
    }

    /** Returns whether other constants are computed from a tensor. */
    private static boolean isComputedWith(String name, Precision precision) {
        return name.equals(TensorNames.RELATIVE_POSITION)
                || name.contains(TensorNames.GATE)
                || name.endsWith(TensorNames.GATE_SCALE)
                || (precision != Precision.FLOAT32 && !name.contains(".conv"));
    }

    /** ONNX Runtime follows no links out of the folder that it is given, and the cache of Hugging Face consists of links. */
    private static FileRange real(FileRange range) {
        try {
            return new FileRange(range.file().toRealPath(), range.offset());
        } catch (IOException e) {
            throw new WeightsException(range.file() + " cannot be read: " + e, e);
        }
    }
}
