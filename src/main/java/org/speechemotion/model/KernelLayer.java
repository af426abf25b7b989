package org.speechemotion.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.math.FloatArrays;
import org.speechemotion.math.Memory;

/**
 * A layer over frames {@code [batch, time, width]} with a mask {@code [batch, time]}, or over vectors {@code [batch, width]}, that
 * gives vectors. It is computed by a {@link FrameKernel} instead of a SameDiff graph, which runs the forward pass twice in every
 * step and spends most of its time between its operations. It shares only DL4J's class for layers of named parameters with those.
 */
public abstract class KernelLayer extends AbstractSameDiffLayer {

    /** Creates an empty layer for Jackson. */
    KernelLayer() {}

    KernelLayer(Builder<?> builder) {
        super(builder);
    }

    /** Returns the name of the weights of a part of a layer, {@code [in, out]}. */
    static String weight(String part) {
        return part + "-weight";
    }

    /** Returns the name of the bias of a part of a layer, {@code [1, out]}. */
    static String bias(String part) {
        return part + "-bias";
    }

    /** Returns a new kernel of this layer. */
    abstract FrameKernel kernel();

    /** Returns the shape of the output for an input of a valid shape. */
    abstract long[] outputShape(INDArray input);

    /** @throws IllegalArgumentException if the input has a shape that the layer does not allow */
    abstract void validateInput(INDArray input);

    /** Returns whether a layer with parameters may precede this one, so that the gradient of its input is needed. */
    abstract boolean needsInputGradient();

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

    /** The layer shares only the table of parameters and gradients with DL4J's own layers. */
    private static final class Execution extends SameDiffLayer {
        private final transient KernelLayer definition;
        private final transient FrameKernel kernel;

        Execution(NeuralNetConfiguration configuration, DataType dataType, KernelLayer definition) {
            super(configuration, dataType);
            this.definition = definition;
            kernel = definition.kernel();
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
            assertInputSet(false);
            definition.validateInput(input);
            INDArray output =
                    workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, definition.outputShape(input), 'c');
            kernel.forward(
                    batch(),
                    Memory.view(FloatArrays.dense(input)),
                    memories(paramTable),
                    Memory.view(output),
                    training);
            return output;
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            assertInputSet(true);
            INDArray inputGradient = definition.needsInputGradient()
                    ? workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c')
                    : null;
            kernel.backward(
                    batch(),
                    Memory.view(FloatArrays.dense(input)),
                    memories(paramTable),
                    Memory.view(FloatArrays.dense(epsilon)),
                    memories(gradTable),
                    inputGradient == null ? null : Memory.view(inputGradient));
            Gradient gradient = new DefaultGradient();
            gradTable.forEach((name, array) -> gradient.gradientForVariable().put(name, array));
            return Pair.of(gradient, inputGradient);
        }

        /** The output has no time axis and therefore no mask. */
        @Override
        public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
            maskArray = mask;
            maskState = state;
            return Pair.of(null, state);
        }

        private FrameKernel.Batch batch() {
            int time = input.rank() == 3 ? (int) input.size(1) : 1;
            float[] valid = new float[Math.toIntExact(input.size(0) * time)];
            if (maskArray == null) {
                Arrays.fill(valid, 1f);
            } else {
                Memory.view(FloatArrays.dense(maskArray)).get(0, valid, 0, valid.length);
            }
            return new FrameKernel.Batch((int) input.size(0), time, valid);
        }

        private static Map<String, Memory> memories(Map<String, INDArray> arrays) {
            Map<String, Memory> memories = new LinkedHashMap<>();
            arrays.forEach((name, array) -> memories.put(name, Memory.view(array)));
            return memories;
        }
    }
}
