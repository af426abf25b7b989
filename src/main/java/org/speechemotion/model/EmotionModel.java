package org.speechemotion.model;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.Frames;
import org.speechemotion.metrics.Temperature;

/** A network that is ready to predict. A clip's probabilities depend on that clip alone. Not thread-safe. */
public final class EmotionModel {
    private final ComputationGraph graph;
    private final int timeMultiple;
    private final double temperature;

    /**
     * Wraps a network whose probabilities are given as they are.
     *
     * @param timeMultiple what the network needs the time of a batch to be a multiple of
     */
    public EmotionModel(ComputationGraph graph, int timeMultiple) {
        this(graph, timeMultiple, Temperature.NEUTRAL);
    }

    /**
     * Wraps a trained network.
     *
     * @param timeMultiple what the network needs the time of a batch to be a multiple of
     * @param temperature at which its probabilities are given, see {@link Temperature}
     */
    public EmotionModel(ComputationGraph graph, int timeMultiple, double temperature) {
        this.graph = graph;
        this.timeMultiple = timeMultiple;
        this.temperature = temperature;
    }

    /**
     * Predicts clips.
     *
     * @param clips one or more, of any lengths; a batch holds the least padding where they are of similar length
     * @return one distribution over the emotions, in label order, for each clip
     */
    public List<float[]> probabilities(List<Frames> clips) {
        FrameBatch batch = FrameBatch.of(clips, timeMultiple);
        INDArray output = graph.output(false, new INDArray[] {batch.frames()}, new INDArray[] {batch.mask()})[0];
        return rows(output).stream()
                .map(row -> Temperature.apply(row, temperature))
                .toList();
    }

    /** Statistics of what the pooling gives for these clips, before it is normalised. */
    public PopulationStatistics poolingStatistics(List<Frames> clips) {
        FrameBatch batch = FrameBatch.of(clips, timeMultiple);
        graph.setLayerMaskArrays(new INDArray[] {batch.mask()}, null);
        try {
            INDArray pooled = graph.feedForward(batch.frames(), false).get(EmotionNetwork.POOLING);
            return PopulationStatistics.of(rows(pooled));
        } finally {
            graph.clearLayerMaskArrays();
        }
    }

    /**
     * What the encoder makes of clips, its trained part included: the mean over a clip's valid frames.
     *
     * @param clips one or more
     * @return {@code [width]} for each clip
     */
    public List<float[]> embeddings(List<Frames> clips) {
        FrameBatch batch = FrameBatch.of(clips, timeMultiple);
        if (!graph.getConfiguration().getVertices().containsKey(EmotionNetwork.ENCODER)) {
            return means(batch.frames(), batch.mask());
        }
        Layer encoder = graph.getLayer(EmotionNetwork.ENCODER);
        graph.setLayerMaskArrays(new INDArray[] {batch.mask()}, null);
        try {
            INDArray encoded = graph.feedForward(batch.frames(), false).get(EmotionNetwork.ENCODER);
            INDArray mask = ((GraphLayer) encoder.conf().getLayer())
                    .feedForwardMaskArray(batch.mask(), MaskState.Active, clips.size())
                    .getFirst();
            return means(encoded, mask);
        } finally {
            graph.clearLayerMaskArrays();
        }
    }

    private static List<float[]> means(INDArray frames, INDArray mask) {
        INDArray weights = mask.divColumnVector(mask.sum(1)).reshape(mask.size(0), 1, mask.size(1));
        return rows(Nd4j.matmul(weights, frames).reshape(frames.size(0), frames.size(2)));
    }

    /** A second network with the same weights, for another thread. */
    public EmotionModel copy() {
        ComputationGraph copy = new ComputationGraph(graph.getConfiguration().clone());
        copy.init(graph.params().dup(), false);
        return new EmotionModel(copy, timeMultiple, temperature);
    }

    public ComputationGraph graph() {
        return graph;
    }

    /** Frees what ND4J keeps for this thread between batches. */
    public static void releaseThread() {
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }

    private static List<float[]> rows(INDArray matrix) {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < matrix.rows(); i++) {
            rows.add(matrix.getRow(i).toFloatVector());
        }
        return rows;
    }
}
