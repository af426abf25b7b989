package org.speechemotion.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Scores;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.train.Trainer.Prediction;

/**
 * Trains a network epoch by epoch: it plans, fits, validates and informs the listeners, and then selects the network
 * according to the settings.
 */
public final class TrainingLoop {
    /** Receives the report of every epoch, in order, in the thread of the loop. */
    public interface Listener {
        void epochEnded(EpochReport report, ComputationGraph network);
    }

    /** Stores the parameters of the last epochs, whose mean may be the model. */
    public interface ParameterHistory {
        /** Returns the parameters after an epoch, counted from 1. */
        INDArray parameters(int epoch);
    }

    /**
     * The result of a training.
     *
     * @param network the selected network
     * @param epochs the epochs of the selected network
     * @param validation the predictions of the selected network for the validation clips
     */
    public record TrainedNetwork(ComputationGraph network, KeptEpochs epochs, List<Prediction> validation) {
        /** Creates the result of a single epoch, counted from 1. */
        public TrainedNetwork(ComputationGraph network, int epoch, List<Prediction> validation) {
            this(network, KeptEpochs.best(epoch), validation);
        }

        /** Returns the last of its epochs, counted from 1. */
        public int epoch() {
            return epochs.last();
        }
    }

    /**
     * The starting point of a training.
     *
     * @param epoch the last epoch that is complete, counted from 1; 0 for none
     * @param best the best epoch so far
     */
    public record Start(int epoch, Optional<TrainedNetwork> best) {
        /** Returns the starting point before the first epoch. */
        public static Start atTheBeginning() {
            return new Start(0, Optional.empty());
        }
    }

    private final TrainingSettings settings;
    private final List<Listener> listeners;
    private final ParameterHistory parameterHistory;
    private final LongSupplier nanoClock;

    /**
     * Creates a training loop.
     *
     * @param parameterHistory is read after the last epoch if the settings select a mean; it must then have the epochs that the
     *     listeners received
     */
    public TrainingLoop(
            TrainingSettings settings,
            List<Listener> listeners,
            ParameterHistory parameterHistory,
            LongSupplier nanoClock) {
        this.settings = settings;
        this.listeners = List.copyOf(listeners);
        this.parameterHistory = parameterHistory;
        this.nanoClock = nanoClock;
    }

    /** Trains and validates from the first epoch on. */
    public TrainedNetwork run(Trainer trainer, List<Example> training, List<Example> validation) {
        return run(trainer, training, validation, Start.atTheBeginning());
    }

    /**
     * Trains and validates epoch by epoch.
     *
     * @param training the training clips
     * @param validation the clips that select the best epoch; if there are none, the last epoch is the best
     * @param start the state of the trainer's network
     * @throws IllegalArgumentException if there are no training clips
     * @throws org.speechemotion.model.NonFiniteException if a loss, a gradient or a parameter is not finite
     */
    public TrainedNetwork run(Trainer trainer, List<Example> training, List<Example> validation, Start start) {
        if (training.isEmpty()) {
            throw new IllegalArgumentException("there are no training clips");
        }
        int batchSize = Math.min(settings.batchSize(), training.size());
        List<Example> trainingSample = sample(training, Math.max(validation.size(), batchSize));
        TrainedNetwork best = start.best().orElse(null);
        double bestRecall = best == null ? Double.NEGATIVE_INFINITY : recall(best.validation());
        int epoch = start.epoch();
        for (; epoch < settings.epochs() && !isStale(best, epoch); epoch++) {
            long began = nanoClock.getAsLong();
            Trainer.Pass pass =
                    trainer.fit(EpochPlan.of(training, batchSize, epoch, settings.seed(), settings.sampling()));
            Divergence.requireFinite(epoch, pass.learningRate(), trainer.network());
            double fitSeconds = (nanoClock.getAsLong() - began) / 1e9;
            List<List<Prediction>> predicted = trainer.predictAll(List.of(validation, trainingSample));
            List<Prediction> predictions = predicted.get(0);
            ConfusionMatrix matrix = Trainer.confusion(predictions);
            double recall = recall(predictions);
            boolean improved = validation.isEmpty() || recall > bestRecall;
            if (improved) {
                bestRecall = recall;
                best = new TrainedNetwork(trainer.network().clone(), epoch + 1, predictions);
            }
            ConfusionMatrix trainingMatrix = Trainer.confusion(predicted.get(1));
            double seconds = (nanoClock.getAsLong() - began) / 1e9;
            EpochReport report = new EpochReport(
                    epoch + 1,
                    settings.epochs(),
                    pass.learningRate(),
                    pass.loss(),
                    pass.gradientNorm(),
                    trainingMatrix,
                    crossEntropy(predictions),
                    matrix,
                    improved,
                    training.size() / fitSeconds,
                    seconds);
            listeners.forEach(listener -> listener.epochEnded(report, trainer.network()));
        }
        return settings.keep() == EpochSelection.BEST ? best : last(trainer, epoch, best.epoch(), validation);
    }

    /**
     * Returns the network of the last epoch, or the mean of the last epochs, which then is also the trainer's network.
     */
    private TrainedNetwork last(Trainer trainer, int last, int best, List<Example> validation) {
        int first = Math.max(1, last - settings.keptEpochs() + 1);
        if (first < last) {
            trainer.network().setParams(mean(first, last));
            // The statistics depend on the parameters, so the mean of the epochs' statistics would fit no network.
            trainer.normalize();
        }
        KeptEpochs epochs = new KeptEpochs(settings.keep(), first, last, best);
        return new TrainedNetwork(trainer.network().clone(), epochs, trainer.predict(validation));
    }

    /** Computes the mean epoch by epoch, so that only two parameter vectors are in memory at once. */
    private INDArray mean(int first, int last) {
        INDArray mean = parameterHistory.parameters(first).dup();
        for (int epoch = first + 1; epoch <= last; epoch++) {
            mean.addi(parameterHistory.parameters(epoch).sub(mean).divi(epoch - first + 1));
        }
        return mean;
    }

    private static double recall(List<Prediction> predictions) {
        return Scores.of(Trainer.confusion(predictions)).unweightedAverageRecall();
    }

    /** Returns whether the patience is exhausted. */
    private boolean isStale(TrainedNetwork best, int done) {
        return best != null && settings.patienceEpochs() > 0 && done - best.epoch() >= settings.patienceEpochs();
    }

    /** Samples as many training clips as there are validation clips, which shows overfitting at little cost. */
    private List<Example> sample(List<Example> training, int size) {
        List<Example> shuffled = new ArrayList<>(training);
        new KeyedRandom(settings.seed(), "training-sample").shuffle(shuffled);
        return shuffled.subList(0, Math.min(size, shuffled.size()));
    }

    private static double crossEntropy(List<Prediction> predictions) {
        return predictions.stream()
                .mapToDouble(prediction -> -Math.log(
                        Math.max(Float.MIN_NORMAL, prediction.labelled().probabilityOfLabel())))
                .average()
                .orElse(Double.NaN);
    }
}
