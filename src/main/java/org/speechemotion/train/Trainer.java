package org.speechemotion.train;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.LabelledPrediction;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.metrics.Temperature;

/** What trains and predicts for the loop: the engine behind it is its own affair. */
public interface Trainer {
    /**
     * Trains on every batch once.
     *
     * @throws org.speechemotion.model.NonFiniteException after the first step whose loss or gradient is not finite
     */
    Pass fit(List<BatchKey> batches);

    /** Predicts every example with the network as it is, without dropout. */
    List<Prediction> predict(List<Example> examples);

    /** Computes anew what the network knows of the training clips as a whole, after its parameters were set. */
    void normalize();

    /** The network as trained so far. */
    ComputationGraph network();

    /**
     * What training on some batches was like.
     *
     * @param loss mean over the batches, as each was before its step, without the weights' own penalty
     * @param learningRate of the last step, as the updater had it
     * @param gradientNorm mean over the steps of all workers; see {@link GradientNorm#norm}
     */
    record Pass(double loss, double learningRate, double gradientNorm) {}

    /** An example and the probabilities that the network gave to its emotions. */
    record Prediction(Example example, Probabilities probabilities) implements Serializable {
        /** The predicted label; of equally likely ones, the first. */
        public int label() {
            return probabilities.label();
        }

        /** The prediction with the true label alone, for the metrics. */
        public LabelledPrediction labelled() {
            return new LabelledPrediction(example.label(), probabilities);
        }

        /** The prediction at a temperature. */
        public Prediction tempered(double temperature) {
            return new Prediction(example, probabilities.tempered(temperature));
        }
    }

    /** The temperature that fits predictions best; 1 without any. */
    static double temperature(List<Prediction> predictions) {
        return Temperature.fit(predictions.stream().map(Prediction::labelled).toList());
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
