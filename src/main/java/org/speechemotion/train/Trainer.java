package org.speechemotion.train;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.metrics.LabelledPrediction;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.metrics.Temperature;

/** Trains and predicts for the {@link TrainingLoop}, on any engine. */
public interface Trainer {
    /**
     * Trains on every batch once.
     *
     * @throws org.speechemotion.model.NonFiniteException if the loss or the gradient of a step is not finite
     */
    Pass fit(List<BatchKey> batches);

    /** Predicts every example with the current network, without dropout. */
    List<Prediction> predict(List<Example> examples);

    /** Predicts several lists of examples, each as {@link #predict} does. */
    default List<List<Prediction>> predictAll(List<List<Example>> lists) {
        return lists.stream().map(this::predict).toList();
    }

    /** Recomputes the population statistics of the training clips after the parameters of the network were set. */
    void normalize();

    /** Returns the current network. */
    ComputationGraph network();

    /**
     * The measurements of a pass over some batches.
     *
     * @param loss the mean loss of the batches, each before its step, without weight decay and without that of an adversary
     * @param learningRate the updater's learning rate in the last step
     * @param gradientNorm the mean over the steps of all workers of {@link GradientNorm#norm}
     */
    record Pass(double loss, double learningRate, double gradientNorm) {}

    /** An example and the probabilities that the network gave to its emotions. */
    record Prediction(Example example, Probabilities probabilities) implements Serializable {
        /** Returns the predicted label; of equally likely ones, the first. */
        public int label() {
            return probabilities.label();
        }

        /** Returns the prediction with the true label alone, for the metrics. */
        public LabelledPrediction labelled() {
            return new LabelledPrediction(example.label(), probabilities);
        }

        /** Returns the calibrated prediction. */
        public Prediction calibrated(Calibrator calibrator) {
            return new Prediction(example, probabilities.calibrated(calibrator));
        }

        /**
         * The prediction over merged or fewer emotions.
         *
         * @throws IllegalArgumentException if the map leaves out the example's label
         */
        public Prediction mapped(LabelMap labels) {
            Emotion label = example.emotion();
            Emotion target = labels.of(label)
                    .orElseThrow(() -> new IllegalArgumentException(
                            example.path() + " has the label " + label.id() + ", which is left out"));
            return new Prediction(
                    target.equals(label) ? example : example.labelled(target), labels.apply(probabilities));
        }
    }

    /** Fits the temperature of predictions; see {@link Temperature#fit}. */
    static double temperature(List<Prediction> predictions) {
        return Temperature.fit(predictions.stream().map(Prediction::labelled).toList());
    }

    /** Counts predictions by true and predicted emotion. */
    static ConfusionMatrix confusion(List<Prediction> predictions) {
        if (predictions.isEmpty()) {
            return ConfusionMatrix.empty();
        }
        EmotionSet emotions = predictions.get(0).probabilities().emotions();
        long[][] counts = new long[emotions.size()][emotions.size()];
        for (Prediction prediction : predictions) {
            counts[prediction.example().label()][prediction.label()]++;
        }
        return ConfusionMatrix.of(emotions, counts);
    }
}
