package org.speechemotion.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measures the Euclidean norm of a step's whole gradient and optionally clips it (Pascanu et al., arXiv 1211.5063), as
 * PyTorch's {@code clip_grad_norm_} does. DL4J clips by layer or by value only, and treats changes of the running
 * statistics of a batch normalisation as gradients.
 */
public final class GradientNorm extends BaseTrainingListener {
    /** The constant of PyTorch that avoids a division by 0. */
    private static final double EPSILON = 1e-6;

    private final double maxNorm;
    private double norm = Double.NaN;

    /**
     * Creates a listener for the steps of a network.
     *
     * @param maxNorm the Euclidean norm that longer gradients are scaled to; 0 for no clipping
     */
    public GradientNorm(double maxNorm) {
        this.maxNorm = maxNorm;
    }

    /**
     * Returns the Euclidean norm of the last step's gradient before clipping: the gradient of the mean loss over the
     * batch, without weight decay, of all trained parameters. It is NaN before the first step.
     */
    public double norm() {
        return norm;
    }

    /** DL4J calls this between the gradient and the updater, when the gradient is still a sum over the batch. */
    @Override
    public void onGradientCalculation(Model model) {
        ComputationGraph graph = (ComputationGraph) model;
        List<INDArray> gradients = gradients(graph);
        double squares = 0;
        for (INDArray gradient : gradients) {
            // BLAS takes a fifth of the time of ND4J's norm. It treats any array as a vector of its values.
            INDArray values = gradient.reshape(gradient.ordering(), new long[] {gradient.length()});
            squares += Nd4j.getBlasWrapper().dot(values, values);
        }
        norm = Math.sqrt(squares) / graph.batchSize();
        double scale = maxNorm / (norm + EPSILON);
        if (maxNorm > 0 && scale < 1) {
            gradients.forEach(gradient -> gradient.muli(scale));
        }
    }

    /** Returns the gradients of the parameters that are updated, without running statistics and frozen parameters. */
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
