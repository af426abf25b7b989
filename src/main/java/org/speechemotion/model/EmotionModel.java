package org.speechemotion.model;

import java.util.ArrayList;
import java.util.List;
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
        return PopulationStatistics.of(rows(activation(FrameBatch.of(clips, timeMultiple), EmotionNetwork.POOLING)));
    }

    /**
     * A vector for each clip: where there is a context network, what is pooled behind it; otherwise the mean over the
     * clip's valid frames of what the encoder makes, its trained part included. (The mean of log-mel frames would say
     * nothing: they have lost it.)
     *
     * @param clips one or more
     * @return {@code [2 · context width]}, {@code [context width]} without the pooling's deviation, or {@code [width]}
     */
    public List<float[]> embeddings(List<Frames> clips) {
        FrameBatch batch = FrameBatch.of(clips, timeMultiple);
        if (has(EmotionNetwork.CONTEXT + 0)) {
            return rows(activation(batch, EmotionNetwork.POOLING));
        }
        if (!has(EmotionNetwork.ENCODER)) {
            return means(batch.frames(), batch.mask());
        }
        INDArray mask = ((GraphLayer)
                        graph.getLayer(EmotionNetwork.ENCODER).conf().getLayer())
                .feedForwardMaskArray(batch.mask(), MaskState.Active, clips.size())
                .getFirst();
        return means(activation(batch, EmotionNetwork.ENCODER), mask);
    }

    /** DL4J refuses to be asked for a layer that there is not. */
    private boolean has(String layer) {
        return graph.getConfiguration().getVertices().containsKey(layer);
    }

    private INDArray activation(FrameBatch batch, String layer) {
        graph.setLayerMaskArrays(new INDArray[] {batch.mask()}, null);
        try {
            return graph.feedForward(batch.frames(), false).get(layer);
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
