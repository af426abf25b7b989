package org.speechemotion.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Initialises a network with the weights of another model. */
public final class PretrainedWeights {

    /** The part of the other model that is loaded. */
    public enum Part {
        /** All parameters that fit. */
        WHOLE,
        /** The trained part of its encoder. */
        ENCODER
    }

    /**
     * The settings of the initial weights.
     *
     * @param path the model's folder; empty for none
     * @param part the part of the model that is loaded
     */
    public record Settings(Optional<String> path, Part part) {}

    private PretrainedWeights() {}

    /**
     * Copies those parameters of another model into a network that have the same name and shape there.
     *
     * @param sameEmotions whether both distinguish the same emotions; otherwise the parameters that make logits are not copied
     * @return a line for each parameter of either, which says whether it was loaded, or why not
     * @throws IllegalArgumentException if no parameter fits
     */
    public static List<String> load(ComputationGraph from, Part part, boolean sameEmotions, ComputationGraph into) {
        Map<String, INDArray> found = from.paramTable();
        List<String> lines = new ArrayList<>();
        int loaded = 0;
        for (Map.Entry<String, INDArray> entry : into.paramTable().entrySet()) {
            String reason = whyNot(entry.getKey(), entry.getValue(), part, sameEmotions, found.get(entry.getKey()));
            if (reason.isEmpty()) {
                entry.getValue().assign(found.get(entry.getKey()));
                loaded++;
            }
            lines.add(line(entry.getKey(), entry.getValue(), reason));
        }
        for (String name : new TreeSet<>(found.keySet())) {
            if (!into.paramTable().containsKey(name)) {
                lines.add(line(name, found.get(name), "this network has no such parameter"));
            }
        }
        if (loaded == 0) {
            throw new IllegalArgumentException("pretrained.path: none of the model's " + found.size()
                    + " parameters fits this network, for example " + lines.get(0));
        }
        return lines;
    }

    private static String whyNot(String name, INDArray parameter, Part part, boolean sameEmotions, INDArray found) {
        if (part == Part.ENCODER && !name.startsWith(EmotionNetwork.ENCODER + "_")) {
            return "pretrained.part is encoder";
        }
        if (!sameEmotions && EmotionNetwork.makesLogits(name)) {
            return "the model distinguishes other emotions";
        }
        if (found == null) {
            return "the model has no such parameter";
        }
        return Arrays.equals(found.shape(), parameter.shape())
                ? ""
                : "the model's is " + Arrays.toString(found.shape());
    }

    private static String line(String name, INDArray parameter, String reason) {
        return name + " " + Arrays.toString(parameter.shape())
                + (reason.isEmpty() ? ": loaded" : ": not loaded, " + reason);
    }
}
