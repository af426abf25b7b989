package org.speechemotion.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.DL4JSameDiffMemoryMgr;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
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
        Execution layer = new Execution(configuration, dataType, this);
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

    /** Whether a layer with parameters may precede this one, so that the gradient of its input is needed. */
    boolean needsInputGradient() {
        return true;
    }

    /** Differs from DL4J's execution in that the backward pass uses the results of the forward pass, which DL4J repeats. */
    private static final class Execution extends org.deeplearning4j.nn.layers.samediff.SameDiffLayer {
        private final transient GraphLayer definition;
        private transient BackwardGraph backward;
        private transient Map<String, INDArray> results = Map.of();

        Execution(NeuralNetConfiguration configuration, DataType dataType, GraphLayer definition) {
            super(configuration, dataType);
            this.definition = definition;
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
            if (!training) {
                return super.activate(false, workspaces);
            }
            assertInputSet(false);
            definition.validateInput(input);
            if (backward == null) {
                define();
            }
            List<String> names = new ArrayList<>(backward.forwardResults());
            names.add(outputKey);
            setMemory(sameDiff, workspaces, ArrayType.FF_WORKING_MEM, ArrayType.ACTIVATIONS);
            results = sameDiff.output(inputs(), names);
            return workspaces.dup(ArrayType.ACTIVATIONS, results.get(outputKey));
        }

        @SuppressWarnings("try") // the scope only needs closing
        private void define() {
            try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
                if (sameDiff == null) {
                    doInit();
                }
                List<String> variables = new ArrayList<>(paramTable.keySet());
                if (definition.needsInputGradient()) {
                    variables.add(INPUT_KEY);
                }
                backward = BackwardGraph.of(sameDiff, variables);
            }
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            Map<String, INDArray> inputs = inputs();
            backward.forwardResults().forEach(name -> inputs.put(name, results.get(name)));
            inputs.put(fn.getGradPlaceholderName(), epsilon.mul(0.5));
            setMemory(backward.graph(), workspaces, ArrayType.BP_WORKING_MEM, ArrayType.ACTIVATION_GRAD);
            Map<String, INDArray> gradients = backward.gradients(inputs);
            results = Map.of();
            Gradient gradient = new DefaultGradient();
            gradTable.forEach(
                    (name, array) -> gradient.gradientForVariable().put(name, array.assign(gradients.get(name))));
            INDArray inputGradient = gradients.get(INPUT_KEY);
            return Pair.of(
                    gradient, inputGradient == null ? null : workspaces.dup(ArrayType.ACTIVATION_GRAD, inputGradient));
        }

        private Map<String, INDArray> inputs() {
            Map<String, INDArray> inputs = new HashMap<>();
            inputs.put(INPUT_KEY, input);
            inputs.put(MASK_KEY, maskArray == null ? definition.onesMaskForInput(input) : maskArray);
            return inputs;
        }

        /** Uses DL4J's workspaces, which keep their memory from one step to the next. */
        private static void setMemory(
                SameDiff graph, LayerWorkspaceMgr workspaces, ArrayType working, ArrayType results) {
            graph.getSessions()
                    .computeIfAbsent(Thread.currentThread().getId(), id -> new InferenceSession(graph))
                    .setMmgr(new DL4JSameDiffMemoryMgr(
                            workspaces.getWorkspaceName(working),
                            workspaces.getWorkspaceName(results),
                            workspaces.getConfiguration(working),
                            workspaces.getConfiguration(results)));
        }

        @Override
        public void clear() {
            super.clear();
            results = Map.of();
        }
    }
}
