package org.speechemotion.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Measures a step's gradient as a whole and, if wanted, shortens it to a norm (Pascanu et al., arXiv 1211.5063), as PyTorch's
 * {@code clip_grad_norm_} does. DL4J's own clipping is by layer or by value, and in a batch normalisation takes the running
 * statistics' changes for gradients.
 */
public final class GradientNorm extends BaseTrainingListener {
    /** PyTorch's, against a gradient of 0. */
    private static final double EPSILON = 1e-6;

    private final double longest;
    private double norm = Double.NaN;

    /**
     * Prepares for steps of a network.
     *
     * @param longest the Euclidean norm that gradients are shortened to; 0 to leave them
     */
    public GradientNorm(double longest) {
        this.longest = longest;
    }

    /**
     * The Euclidean norm of the last step's gradient, before it was shortened: of the mean over the batch, without weight
     * decay, over all that takes a step; NaN before the first.
     */
    public double norm() {
        return norm;
    }

    /** Between the gradient and the updater, when DL4J has the sum over the batch. */
    @Override
    public void onGradientCalculation(Model model) {
        ComputationGraph graph = (ComputationGraph) model;
        List<INDArray> gradients = gradients(graph);
        double squares = 0;
        for (INDArray gradient : gradients) {
            double length = gradient.norm2Number().doubleValue();
            squares += length * length;
        }
        norm = Math.sqrt(squares) / graph.batchSize();
        double scale = longest / (norm + EPSILON);
        if (longest > 0 && scale < 1) {
            gradients.forEach(gradient -> gradient.muli(scale));
        }
    }

    /** Of what takes a step: not running statistics, and not parameters that stand still. */
    private static List<INDArray> gradients(ComputationGraph graph) {
        List<INDArray> gradients = new ArrayList<>();
        for (Map.Entry<String, INDArray> entry :
                graph.gradient().gradientForVariable().entrySet()) {
            int separator = entry.getKey().lastIndexOf('_');
            Layer layer = graph.getLayer(entry.getKey().substring(0, separator));
            String parameter = entry.getKey().substring(separator + 1);
            double rate = layer.getConfig()
                    .getUpdaterByParam(parameter)
                    .getLearningRate(graph.getIterationCount(), graph.getEpochCount());
            if (layer.updaterDivideByMinibatch(parameter) && rate > 0) {
                gradients.add(entry.getValue());
            }
        }
        return gradients;
    }
}
