package org.speechemotion.train;

import java.util.Map;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;

/**
 * DL4J's updater without work that is repeated in every step. DL4J 1.0.0-M2.1 takes the gradient of a network for one from outside,
 * because {@code DefaultGradient.gradient()} returns a new view at each call, and then divides gradient and parameters into
 * those of the layers several times in every step instead of using the views that it has prepared. On a CPU, Adam is
 * vectorised.
 */
public final class FlattenedUpdater extends ComputationGraphUpdater {

    private FlattenedUpdater(ComputationGraph network, INDArray state) {
        super(network, state);
        if (Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU) {
            getUpdaterBlocks().forEach(FlattenedUpdater::vectorize);
        }
    }

    /** Replaces the updater of a network by one that goes on with its state. */
    public static void install(ComputationGraph network) {
        network.setUpdater(new FlattenedUpdater(network, network.getUpdater().getStateViewArray()));
    }

    private static void vectorize(UpdaterBlock block) {
        if (block.getGradientUpdater() == null) {
            block.init();
        }
        if (block.getGradientUpdater() instanceof AdamUpdater adam
                && adam.getM().length() <= VectorizedAdam.MAX_PARAMETERS) {
            block.setGradientUpdater(VectorizedAdam.of(adam));
        }
    }

    @Override
    public synchronized void update(
            Gradient gradient, int iteration, int epoch, int batchSize, LayerWorkspaceMgr workspaces) {
        Gradient own = new FlattenedGradient(gradient.gradientForVariable(), getFlattenedGradientsView());
        super.update(own, iteration, epoch, batchSize, workspaces);
    }

    /** A gradient that is recognised as that of the network. */
    private static final class FlattenedGradient extends DefaultGradient {
        private static final long serialVersionUID = 1L;

        private final transient INDArray flattened;

        FlattenedGradient(Map<String, INDArray> parts, INDArray flattened) {
            super(flattened);
            this.flattened = flattened;
            gradientForVariable().putAll(parts);
        }

        @Override
        public INDArray gradient() {
            return flattened;
        }
    }
}
