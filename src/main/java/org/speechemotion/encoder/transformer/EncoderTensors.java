package org.speechemotion.encoder.transformer;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.speechemotion.weights.Shape;
import org.speechemotion.weights.Tensors;
import org.speechemotion.weights.WeightsException;

/**
 * The tensors of one encoder under the names of {@link TensorNames}, whatever a checkpoint calls them: with or without
 * the family's prefix, its weight norm old or new, a head beside it or not.
 */
public final class EncoderTensors {
    private static final String WEIGHT = ".weight";
    /**
     * What a checkpoint without the family's prefix may hold beside the encoder: heads and quantizers of pretraining, of
     * speech recognition and of classification. Under the prefix there is none.
     */
    private static final List<String> OTHERS = List.of(
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
    /** What stands for masked frames in pretraining; saved with every encoder. */
    private static final String MASK = "masked_spec_embed";

    private final Path folder;
    private final TransformerConfig config;
    private final Tensors tensors;
    private final String prefix;
    private final Map<String, Shape> expected;

    /**
     * Matches a checkpoint with an architecture.
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
     * @param name of {@link TensorNames}
     * @return row-major
     * @throws WeightsException if a value is not finite
     */
    public float[] read(String name) {
        return name.equals(TensorNames.POSITION + WEIGHT) && !tensors.shapes().containsKey(prefix + name)
                ? normalizedPosition()
                : tensors.read(prefix + name);
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
                throw new WeightsException(folder + ": the weights hold a tensor that " + config.family()
                        + " of this config.json does not have: " + name + " of shape " + shape);
            }
        });
    }

    private void requireShape(String name, Shape shape) {
        Shape found = tensors.shapes().get(name);
        if (found == null) {
            throw new WeightsException(
                    folder + ": the weights lack the tensor " + name + "; its shape by config.json is " + shape);
        }
        if (!found.equals(shape)) {
            throw new WeightsException(
                    folder + ": the tensor " + name + " has shape " + found + ", but by config.json it has " + shape);
        }
    }

    private boolean isBeside(String name) {
        return prefix.isEmpty()
                ? name.equals(MASK) || OTHERS.stream().anyMatch(name::startsWith)
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

    /** Weight normalisation over the kernel's axis (Salimans and Kingma, arXiv 1602.07868). */
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
                        folder + ": " + names.get(1) + " is all zeros at position " + k + " of the kernel");
            }
        }
        float[] weight = new float[direction.length];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (direction[i] * scale[i % kernel]);
        }
        return weight;
    }
}
