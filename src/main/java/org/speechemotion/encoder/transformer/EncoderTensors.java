package org.speechemotion.encoder.transformer;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.speechemotion.weights.FileRange;
import org.speechemotion.weights.Shape;
import org.speechemotion.weights.Tensors;
import org.speechemotion.weights.WeightsException;

/**
 * Provides the tensors of an encoder under the names of {@link TensorNames}. The files may name them with or without the
 * prefix of the family, may store the weight norm in the old or new form, and may contain a head in addition to the encoder.
 */
public final class EncoderTensors {
    private static final String WEIGHT = ".weight";
    /**
     * Tensors that may lie beside an encoder without the prefix of its family: heads and quantizers of pretraining, speech
     * recognition and classification. With the prefix, no other tensor belongs to the encoder.
     */
    private static final List<String> HEADS = List.of(
            "classifier.",
            "final_proj.",
            "label_embeddings_concat",
            "label_embs_concat",
            "layer_weights",
            "lm_head.",
            "objective.",
            "project_hid.",
            "project_q.",
            "projector.",
            "quantizer.",
            "tdnn.");
    /** The embedding of masked frames in pretraining, which every encoder is saved with. */
    private static final String MASK = "masked_spec_embed";

    private final Path folder;
    private final TransformerConfig config;
    private final Tensors tensors;
    private final String prefix;
    private final Map<String, Shape> expected;

    /**
     * Matches tensors with an architecture.
     *
     * @throws WeightsException if a tensor is missing, unknown or wrongly shaped; the message names it
     */
    EncoderTensors(Path folder, TransformerConfig config, Tensors tensors) {
        this.folder = folder;
        this.config = config;
        this.tensors = tensors;
        expected = TensorNames.all(config);
        String familyPrefix = config.family() + ".";
        prefix = tensors.shapes().keySet().stream().anyMatch(name -> name.startsWith(familyPrefix)) ? familyPrefix : "";
        check();
    }

    /**
     * Reads a tensor.
     *
     * @param name a name of {@link TensorNames}
     * @return the values in row-major order
     * @throws WeightsException if a value is not finite
     */
    public float[] read(String name) {
        return name.equals(TensorNames.POSITION + WEIGHT) && !tensors.shapes().containsKey(prefix + name)
                ? normalizedPosition()
                : tensors.read(prefix + name);
    }

    /**
     * Returns the place of a tensor from which others may map it, if a file holds exactly the values of {@link #read}.
     *
     * @param name a name of {@link TensorNames}
     */
    public Optional<FileRange> range(String name) {
        return tensors.range(prefix + name);
    }

    /**
     * Reads a tensor of a head, which is not part of the encoder.
     *
     * @param name its full name, such as {@code lm_head.weight}
     * @return the values in row-major order
     * @throws WeightsException if it is missing or has another shape
     */
    public float[] beside(String name, Shape shape) {
        requireShape(name, shape);
        return tensors.read(name);
    }

    private void check() {
        Map<String, Shape> found = tensors.shapes();
        Set<String> used = new HashSet<>();
        expected.forEach((name, shape) -> {
            if (name.equals(TensorNames.POSITION + WEIGHT) && !found.containsKey(prefix + name)) {
                List<String> norm = weightNorm();
                requireShape(norm.get(0), Shape.of(1, 1, config.positionKernel()));
                requireShape(norm.get(1), shape);
                used.addAll(norm);
            } else {
                requireShape(prefix + name, shape);
                used.add(prefix + name);
            }
        });
        found.forEach((name, shape) -> {
            if (!used.contains(name) && !isBeside(name)) {
                throw new WeightsException(folder + ": the weights contain a tensor that the " + config.family()
                        + " of this config.json does not have: " + name + " with shape " + shape);
            }
        });
    }

    private void requireShape(String name, Shape shape) {
        Shape found = tensors.shapes().get(name);
        if (found == null) {
            throw new WeightsException(folder + ": the weights lack the tensor " + name + ", which has shape " + shape
                    + " by config.json");
        }
        if (!found.equals(shape)) {
            throw new WeightsException(
                    folder + ": the tensor " + name + " has shape " + found + "; expected by config.json: " + shape);
        }
    }

    private boolean isBeside(String name) {
        return prefix.isEmpty()
                ? name.equals(MASK) || HEADS.stream().anyMatch(name::startsWith)
                : name.equals(prefix + MASK) || !name.startsWith(prefix);
    }

    private List<String> weightNorm() {
        String old = prefix + TensorNames.POSITION + WEIGHT;
        if (tensors.shapes().containsKey(old + "_g")) {
            return List.of(old + "_g", old + "_v");
        }
        String parametrization = prefix + TensorNames.POSITION + ".parametrizations" + WEIGHT + ".original";
        return List.of(parametrization + "0", parametrization + "1");
    }

    /** Applies weight normalisation over the axis of the kernel (Salimans and Kingma, arXiv 1602.07868). */
    private float[] normalizedPosition() {
        List<String> names = weightNorm();
        float[] magnitude = tensors.read(names.get(0));
        float[] direction = tensors.read(names.get(1));
        int kernel = config.positionKernel();
        double[] squares = new double[kernel];
        for (int i = 0; i < direction.length; i++) {
            squares[i % kernel] += (double) direction[i] * direction[i];
        }
        double[] scale = new double[kernel];
        for (int k = 0; k < kernel; k++) {
            scale[k] = magnitude[k] / Math.sqrt(squares[k]);
            if (!Double.isFinite(scale[k])) {
                throw new WeightsException(
                        folder + ": " + names.get(1) + " is 0 everywhere at position " + k + " of the kernel");
            }
        }
        float[] weight = new float[direction.length];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (direction[i] * scale[i % kernel]);
        }
        return weight;
    }
}
