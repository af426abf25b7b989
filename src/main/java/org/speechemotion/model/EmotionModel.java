package org.speechemotion.model;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.Frames;

/** A network that is ready to predict. A clip's probabilities depend on that clip alone. Not thread-safe. */
public final class EmotionModel {
    private final ComputationGraph graph;
    private final int timeMultiple;

    /**
     * Wraps a trained network.
     *
     * @param timeMultiple what the network needs the time of a batch to be a multiple of
     */
    public EmotionModel(ComputationGraph graph, int timeMultiple) {
        this.graph = graph;
        this.timeMultiple = timeMultiple;
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
        return rows(output);
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

    /** A second network with the same weights, for another thread. */
    public EmotionModel copy() {
        ComputationGraph copy = new ComputationGraph(graph.getConfiguration().clone());
        copy.init(graph.params().dup(), false);
        return new EmotionModel(copy, timeMultiple);
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
