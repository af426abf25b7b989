package org.speechemotion.encoder.kernel;

import java.util.Optional;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.math.Matrix;

/** The gates of the relative position bias of WavLM (Chen et al., arXiv 2110.13900, equations 4 to 7) per frame and head. */
final class PositionGate implements AutoCloseable {
    private static final int PROJECTIONS = 8;

    private final int heads;
    private final int headWidth;
    private final Linear projection;
    private final float[] scales;

    PositionGate(TransformerConfig config, EncoderTensors tensors, String layer) {
        heads = config.heads();
        headWidth = config.headWidth();
        projection = Linear.of(tensors, layer + TensorNames.GATE);
        scales = tensors.read(layer + TensorNames.GATE_SCALE);
    }

    /**
     * Computes the gates.
     *
     * @param x the input of the attention, {@code [rows, width]} without gaps
     * @return {@code [rows · heads, 8]}, whose first column holds the gates
     */
    Matrix apply(Workspace workspace, Matrix x) {
        int rows = x.rows() * heads;
        Matrix byHead = new Matrix(x.memory(), x.start(), rows, headWidth, headWidth);
        Matrix gates = workspace.matrix(Workspace.Shared.GATES, rows, PROJECTIONS);
        projection.apply(workspace, byHead, Optional.empty(), gates);
        ParallelRows.visit(workspace, rows, (row, scratch) -> {
            float[] values = scratch.array(0, PROJECTIONS);
            gates.get(row, values);
            double reset = sigmoid(values[0] + values[1] + values[2] + values[3]);
            double update = sigmoid(values[4] + values[5] + values[6] + values[7]);
            values[0] = (float) (reset * (update * scales[row % heads] - 1) + 2);
            gates.put(row, values);
        });
        return gates;
    }

    @Override
    public void close() {
        projection.close();
    }

    private static double sigmoid(float x) {
        return 1 / (1 + Math.exp(-x));
    }
}
