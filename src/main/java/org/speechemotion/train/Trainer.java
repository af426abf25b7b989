package org.speechemotion.train;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ConfusionMatrix;

/** What trains and predicts for the loop: the engine behind it is its own affair. */
public interface Trainer {
    /**
     * Trains on every batch once.
     *
     * @return the mean loss of the batches, as each was before its step
     */
    double fit(List<BatchKey> batches);

    /** Predicts every example with the network as it is, without dropout. */
    List<Prediction> predict(List<Example> examples);

    /** The network as trained so far. */
    ComputationGraph network();

    /** An example and the probabilities it was given, in label order. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Prediction(Example example, float[] probabilities) implements Serializable {
        /** The likeliest emotion's label, the first of equals. */
        public int label() {
            int best = 0;
            for (int i = 1; i < probabilities.length; i++) {
                if (probabilities[i] > probabilities[best]) {
                    best = i;
                }
            }
            return best;
        }
    }

    /** Counts of the predictions' labels against the true ones. */
    static ConfusionMatrix confusion(List<Prediction> predictions) {
        long[][] counts = new long[Emotion.count()][Emotion.count()];
        for (Prediction prediction : predictions) {
            counts[prediction.example().label()][prediction.label()]++;
        }
        return ConfusionMatrix.of(counts);
    }
}
