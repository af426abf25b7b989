package org.speechemotion.model;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.corpus.EmotionSet;

/** The gradients of a training step. */
final class Gradients {
    private Gradients() {}

    /** The gradient of the mean cross-entropy by every parameter, under the parameter's name. */
    static Map<String, INDArray> of(ComputationGraph graph, FrameBatch batch, int... labels) {
        float[][] oneHot = new float[labels.length][EmotionSet.EIGHT.size()];
        for (int i = 0; i < labels.length; i++) {
            oneHot[i][labels[i]] = 1;
        }
        graph.setInputs(batch.frames());
        graph.setLabels(Nd4j.create(oneHot));
        graph.setLayerMaskArrays(new INDArray[] {batch.mask()}, null);
        graph.computeGradientAndScore();
        Map<String, INDArray> gradients = new HashMap<>();
        // DL4J divides the sum over the batch in its updater, later.
        graph.gradient().gradientForVariable().forEach((name, sum) -> gradients.put(name, sum.div(labels.length)));
        graph.clearLayerMaskArrays();
        return gradients;
    }
}
