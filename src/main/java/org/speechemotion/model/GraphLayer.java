package org.speechemotion.model;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer that is defined as a SameDiff graph, with correct gradients. Every variable of the graph must contribute to the
 * layer's output, because DL4J treats one without further use as the loss.
 *
 * <p>DL4J 1.0.0-M2.1 doubles the gradients of such a layer and of all layers before it: {@code ExternalErrorsFunction}
 * both sets the backpropagated error as the gradient of the layer's output and returns it, and
 * {@code DifferentialFunction.diff} adds the two.
 */
public abstract class GraphLayer extends SameDiffLayer {

    /** Creates an empty layer for Jackson. */
    GraphLayer() {}

    GraphLayer(Builder<?> builder) {
        super(builder);
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType dataType) {
        Execution layer = new Execution(configuration, dataType);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(configuration, parameters, initialize));
        layer.setConf(configuration);
        return layer;
    }

    /**
     * Returns the mask for an input without one, in which every frame is valid:
     * {@code [batch, time, width] → [batch, time]}.
     */
    @Override
    public INDArray onesMaskForInput(INDArray input) {
        return Nd4j.ones(input.dataType(), input.size(0), input.size(1));
    }

    private static final class Execution extends org.deeplearning4j.nn.layers.samediff.SameDiffLayer {
        Execution(NeuralNetConfiguration configuration, DataType dataType) {
            super(configuration, dataType);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            return super.backpropGradient(epsilon.mul(0.5), workspaces);
        }
    }
}
