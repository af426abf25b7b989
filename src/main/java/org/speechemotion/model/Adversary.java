package org.speechemotion.model;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A second output of a network in training, which learns to recognise a property of clips that the network should not depend on, such as the
 * speaker, from the vector that the head of a branch sees. The branch learns the opposite, because the gradient of the second output
 * reaches it reversed (domain-adversarial training; Ganin et al., JMLR 2016, arXiv 1505.07818). Each branch has a classifier of its
 * own: linear → GELU → linear ({@link BranchHeads}). Models do not contain them; see {@link #removedFrom}.
 *
 * @param classes the number of classes, at least 2
 * @param weight the factor of the reversed gradient, above 0
 */
public record Adversary(int classes, double weight) {
    static final String OUTPUT = "adversary";

    private static final int HIDDEN_WIDTH = 64;

    public Adversary {
        if (classes < 2) {
            throw new IllegalArgumentException("an adversary has " + classes + " classes; allowed: at least 2");
        }
    }

    /**
     * Adds the second output to a network.
     *
     * @param widths the number of values of each branch in the vector
     * @param vector the name of the layer whose output the heads see
     */
    void addTo(GraphBuilder graph, List<Integer> widths, String vector) {
        String heads = OUTPUT + "-head";
        graph.addLayer(heads, new BranchHeads(widths, HIDDEN_WIDTH, classes, 0), new GradientReversal(weight), vector);
        graph.addLayer(OUTPUT, BranchLoss.layer(List.of(), classes), heads);
    }

    /**
     * Returns a network that gives the same probabilities of emotions and has no adversary: a copy, or the network itself if it has
     * none. The copy has no state of an updater.
     */
    public static ComputationGraph removedFrom(ComputationGraph network) {
        if (!network.getConfiguration().getNetworkOutputs().contains(OUTPUT)) {
            return network;
        }
        ComputationGraphConfiguration configuration = network.getConfiguration().clone();
        configuration.getVertices().keySet().removeIf(name -> name.contains(OUTPUT));
        configuration.getVertexInputs().keySet().removeIf(name -> name.contains(OUTPUT));
        configuration.setNetworkOutputs(List.of(EmotionNetwork.OUTPUT));
        configuration.setTopologicalOrder(null);
        configuration.setTopologicalOrderStr(null);
        ComputationGraph alone = new ComputationGraph(configuration);
        alone.init();
        alone.paramTable().forEach((name, values) -> values.assign(network.getParam(name)));
        return alone;
    }
}
