package org.speechemotion.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.metrics.Temperature;

/** A network for prediction. The probabilities of a clip depend on that clip alone. It is not thread-safe. */
public final class EmotionModel {
    private final ComputationGraph graph;
    private final int timeMultiple;
    private final Calibrator calibrator;
    private final EmotionSet emotions;

    /**
     * Wraps a network of {@link EmotionSet#EIGHT} without calibration.
     *
     * @param timeMultiple the number of frames of which the padded length of a batch must be a multiple
     */
    public EmotionModel(ComputationGraph graph, int timeMultiple) {
        this(graph, timeMultiple, Calibrator.of(Temperature.NEUTRAL), EmotionSet.EIGHT);
    }

    /**
     * Wraps a trained network.
     *
     * @param timeMultiple the number of frames of which the padded length of a batch must be a multiple
     * @param calibrator the calibration of its probabilities
     * @param emotions the emotions of its outputs
     * @throws IllegalArgumentException if the network has not as many outputs as there are emotions
     */
    public EmotionModel(ComputationGraph graph, int timeMultiple, Calibrator calibrator, EmotionSet emotions) {
        int outputs = EmotionNetwork.outputs(graph.getConfiguration());
        if (outputs != emotions.size()) {
            throw new IllegalArgumentException("the network has %d outputs; allowed: %d, one of each emotion: %s"
                    .formatted(outputs, emotions.size(), emotions));
        }
        this.emotions = emotions;
        this.graph = graph;
        this.timeMultiple = timeMultiple;
        this.calibrator = calibrator;
    }

    /**
     * Predicts the emotions of clips.
     *
     * @param clips at least one clip, of any lengths; similar lengths need less padding
     * @return the probabilities of the emotions in label order for each clip, {@code [emotions]}
     */
    public List<float[]> probabilities(List<Frames> clips) {
        FrameBatch batch = FrameBatch.of(clips, timeMultiple);
        INDArray output = graph.output(false, new INDArray[] {batch.frames()}, new INDArray[] {batch.mask()})[0];
        return rows(output).stream().map(calibrator::apply).toList();
    }

    /** Computes the statistics of the poolings' outputs for clips, before their normalisation. */
    public PopulationStatistics poolingStatistics(List<Frames> clips) {
        return PopulationStatistics.of(rows(pooled(FrameBatch.of(clips, timeMultiple))));
    }

    /** Returns the outputs of the poolings of all branches side by side. */
    private INDArray pooled(FrameBatch batch) {
        return activations(batch).get(EmotionNetwork.POOLING);
    }

    /**
     * Computes an embedding of each clip: the outputs of the poolings if there is a context network, otherwise the mean
     * over the valid frames of the encoder's output, including its trained part. (Log-mel frames are normalised to a mean
     * of 0, so they need the context network.)
     *
     * @param clips at least one clip
     * @return a vector for each clip, {@code [branches · 2 · context width]}, half of that without the pooling's
     *     deviation, or {@code [width]}
     */
    public List<float[]> embeddings(List<Frames> clips) {
        FrameBatch batch = FrameBatch.of(clips, timeMultiple);
        if (EmotionNetwork.pooling(graph).hasContext()) {
            return rows(pooled(batch));
        }
        if (!has(EmotionNetwork.ENCODER)) {
            return means(batch.frames(), batch.mask());
        }
        INDArray mask = ((GraphLayer)
                        graph.getLayer(EmotionNetwork.ENCODER).conf().getLayer())
                .feedForwardMaskArray(batch.mask(), MaskState.Active, clips.size())
                .getFirst();
        return means(activations(batch).get(EmotionNetwork.ENCODER), mask);
    }

    /** Returns whether the network has a layer; DL4J throws if a missing one is requested. */
    private boolean has(String layer) {
        return graph.getConfiguration().getVertices().containsKey(layer);
    }

    private Map<String, INDArray> activations(FrameBatch batch) {
        graph.setLayerMaskArrays(new INDArray[] {batch.mask()}, null);
        try {
            return graph.feedForward(batch.frames(), false);
        } finally {
            graph.clearLayerMaskArrays();
        }
    }

    private static List<float[]> means(INDArray frames, INDArray mask) {
        INDArray weights = mask.divColumnVector(mask.sum(1)).reshape(mask.size(0), 1, mask.size(1));
        return rows(Nd4j.matmul(weights, frames).reshape(frames.size(0), frames.size(2)));
    }

    /** Returns a copy of the model for another thread. */
    public EmotionModel copy() {
        ComputationGraph copy = new ComputationGraph(graph.getConfiguration().clone());
        copy.init(graph.params().dup(), false);
        return new EmotionModel(copy, timeMultiple, calibrator, emotions);
    }

    /** Returns the emotions in label order. */
    public EmotionSet emotions() {
        return emotions;
    }

    Calibrator calibrator() {
        return calibrator;
    }

    public ComputationGraph graph() {
        return graph;
    }

    private static List<float[]> rows(INDArray matrix) {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < matrix.rows(); i++) {
            rows.add(matrix.getRow(i).toFloatVector());
        }
        return rows;
    }
}
