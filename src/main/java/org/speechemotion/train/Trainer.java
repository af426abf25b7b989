package org.speechemotion.train;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Forecast;
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

    /** An example and the probabilities it was given, in label order. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Prediction(Example example, float[] probabilities) implements Serializable {
        /** The likeliest emotion's label, the first of equals. */
        public int label() {
            return Forecast.likeliest(probabilities);
        }

        /** The same without the clip: what metrics are made of. */
        public Forecast forecast() {
            return new Forecast(example.label(), probabilities);
        }

        /** The same clip, its probabilities at this temperature. */
        public Prediction at(double temperature) {
            return new Prediction(example, Temperature.apply(probabilities, temperature));
        }
    }

    /** The temperature that fits predictions best; 1 without any. */
    static double temperature(List<Prediction> predictions) {
        return Temperature.fit(predictions.stream().map(Prediction::forecast).toList());
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
